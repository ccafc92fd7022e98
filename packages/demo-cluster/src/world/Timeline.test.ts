import { START } from './__testUtils__/interventions';
import { createWorld } from './createWorld';
import { HourLives } from './lives';
import { Scheduler } from './Scheduler';
import { Timeline } from './Timeline';

/** As many pods an hour as are said, named by the hour; counts the hours it lived through. */
class Counting {
  static steps = 0;
  hour: number;

  constructor(hour = 0) {
    this.hour = hour;
  }

  copy() {
    return new Counting(this.hour);
  }

  next(): HourLives {
    Counting.steps += 1;
    const pods = Array.from({ length: 10 }, () => ({ name: `${this.hour}` }));
    this.hour += 1;
    return { nodes: [], pods } as unknown as HourLives;
  }
}

function timeline(mostRemembered: number): Timeline {
  Counting.steps = 0;
  return Timeline.create({
    begin: () => new Counting() as unknown as Scheduler,
    mostRemembered,
  });
}

describe('a timeline', () => {
  it('remembers no more pods than it may, and few checkpoints', () => {
    const found = timeline(500);
    found.livesOf(10_000);
    expect(found.kept.pods).toBeLessThanOrEqual(500);
    expect(found.kept.checkpoints).toBeLessThanOrEqual(32);
    expect(found.livesOf(77).pods[0].name).toBe('77');
    expect(found.livesOf(10_000).pods[0].name).toBe('10000');
    expect(found.kept.pods).toBeLessThanOrEqual(500);
  });

  it('goes on from the checkpoint before, not from the start', () => {
    const found = timeline(100);
    found.livesOf(700);
    Counting.steps = 0;
    found.livesOf(600);
    expect(Counting.steps).toBeLessThanOrEqual(25);
    Counting.steps = 0;
    found.livesOf(601);
    found.livesOf(602);
    expect(Counting.steps).toBe(2);
  });

  it('forgets what came after a moment, and begins at the start of that hour', () => {
    const found = timeline(1_000_000);
    const before = found.livesOf(99);
    const after = found.livesOf(101);
    found.forgetFrom(100 * 3600 + 17 * 60);
    Counting.steps = 0;
    expect(found.livesOf(99)).toBe(before);
    expect(found.livesOf(101)).not.toBe(after);
    found.forgetFrom(100 * 3600 + 18 * 60);
    found.livesOf(100);
    expect(Counting.steps).toBeLessThanOrEqual(3 + 1);
  });

  it('keeps hours that were asked last', () => {
    const found = timeline(100);
    const first = found.livesOf(5);
    for (let hour = 6; hour < 50; hour++) {
      found.livesOf(hour);
      expect(found.livesOf(5)).toBe(first);
    }
  });

  it('of a large world fits in what is said', () => {
    const cluster = createWorld({ seed: 1, start: START, scale: 75 }).cluster(
      'us-west',
    );
    expect(cluster.livesOf(3).pods.length).toBeLessThan(3_000_000 / 192);
  });
});
