import { DAY_MS, HOUR_MS } from '../time';
import { AnomalyScore, AnomalyScorer } from './AnomalyScorer';
import { IncidentTracker } from './IncidentTracker';

function scored(hour: number, score: number): AnomalyScore {
  return {
    at: hour * HOUR_MS,
    value: score,
    score,
    direction: 'up',
    status: 'scored',
  };
}

function changesOf(
  scores: readonly number[],
  tracker = IncidentTracker.create(),
) {
  return scores.map(
    (score, hour) => tracker.push(scored(hour, score))?.change ?? '-',
  );
}

describe('IncidentTracker', () => {
  it('has one incident open, until nothing was odd for three points', () => {
    expect(changesOf([0, 2, 1, 0, 0, 3, 0, 0, 0, 0, 1])).toEqual([
      '-',
      'opened',
      'grew',
      '-',
      '-',
      'grew',
      '-',
      '-',
      'closed',
      '-',
      'opened',
    ]);
  });

  it('keeps when it began and was last odd, and the oddest point', () => {
    const tracker = IncidentTracker.create();
    changesOf([0, 2, 5, 1, 0], tracker);
    expect(tracker.open).toEqual({
      since: HOUR_MS,
      until: 3 * HOUR_MS,
      direction: 'up',
      peakScore: 5,
      oddPoints: 3,
    });
  });

  it('needs a quarter of an hour of quiet of a series of seconds', () => {
    const tracker = IncidentTracker.create();
    const push = (seconds: number, score: number) =>
      tracker.push({ ...scored(0, score), at: seconds * 1000 })?.change;
    expect(push(0, 2)).toBe('opened');
    for (let second = 1; second < 900; second += 1) {
      expect(push(second, 0)).toBeUndefined();
    }
    expect(push(900, 0)).toBe('closed');
  });

  it('is not ended by points that say nothing', () => {
    const tracker = IncidentTracker.create();
    tracker.push(scored(0, 2));
    for (let hour = 1; hour < 10; hour += 1) {
      tracker.push({ ...scored(hour, 0), value: NaN, status: 'unknown' });
    }
    expect(tracker.open).toBeDefined();
  });

  it('opens none while the series is expected to be odd, and one after', () => {
    const tracker = IncidentTracker.create({
      expected: [{ from: 2 * HOUR_MS, until: 5 * HOUR_MS }],
    });
    expect(changesOf([0, 0, 9, 9, 9, 9], tracker)).toEqual([
      '-',
      '-',
      '-',
      '-',
      '-',
      'opened',
    ]);
  });

  it('ends an open incident that somebody says is expected', () => {
    const tracker = IncidentTracker.create();
    tracker.push(scored(0, 9));
    tracker.expect({ from: HOUR_MS, until: DAY_MS });
    const changes = [1, 2, 3].map(
      hour => tracker.push(scored(hour, 9))?.change,
    );
    expect(changes).toEqual([undefined, undefined, 'closed']);
    expect(tracker.open).toBeUndefined();
  });

  it('alerts once of a new level', () => {
    const scorer = AnomalyScorer.create();
    const tracker = IncidentTracker.create();
    const opened: number[] = [];
    for (let hour = 0; hour < 24 * 42; hour += 1) {
      const base = 100 + 20 * Math.sin((2 * Math.PI * hour) / 24) + (hour % 5);
      const change = tracker.push(
        scorer.push({
          at: hour * HOUR_MS,
          value: hour < 24 * 21 ? base : base + 300,
        }),
      );
      if (change?.change === 'opened') {
        opened.push(hour);
      }
    }
    expect(opened).toEqual([24 * 21]);
    expect(tracker.open).toBeUndefined();
  });
});
