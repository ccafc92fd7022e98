import fc from 'fast-check';
import { DAY_MS, HOUR_MS } from '../time';
import { AnomalyScore, AnomalyScorer, SeriesPoint } from './AnomalyScorer';

const MONDAY = Date.parse('2026-03-02T00:00:00Z');

function scoresOf(points: readonly SeriesPoint[]): AnomalyScore[] {
  const scorer = AnomalyScorer.create();
  return points.map(point => scorer.push(point));
}

/** Hourly, with a day's season, from 80 to 120. */
function seasonal(hours: number): SeriesPoint[] {
  return Array.from({ length: hours }, (_, hour) => ({
    at: MONDAY + hour * HOUR_MS,
    value: 100 + 20 * Math.sin((2 * Math.PI * hour) / 24) + (hour % 5),
  }));
}

function withValue(points: SeriesPoint[], at: number, value: number) {
  return points.map((point, i) => (i === at ? { ...point, value } : point));
}

/** Series of any shape: gaps, doubled and late points, values that are not known. */
const anySeries = fc
  .array(
    fc.record({
      gap: fc.oneof(
        { weight: 8, arbitrary: fc.constant(HOUR_MS) },
        fc.integer({ min: -2, max: 30 }).map(hours => hours * HOUR_MS),
      ),
      value: fc.oneof(
        { weight: 8, arbitrary: fc.double({ min: 50, max: 60, noNaN: true }) },
        fc.constantFrom(0, 500, -500, NaN),
      ),
    }),
    { minLength: 60, maxLength: 200 },
  )
  .map(steps => {
    let at = MONDAY;
    return steps.map(({ gap, value }) => {
      at += gap;
      return { at, value };
    });
  });

describe('AnomalyScorer', () => {
  it('expects of an hour what the same hour had on other days', () => {
    const scores = scoresOf(seasonal(24 * 14));
    expect(scores.every(({ score }) => score < 1)).toBe(true);
    const last = scores[scores.length - 1];
    expect(last.status).toBe('scored');
    expect(Math.abs(last.expected! - last.value)).toBeLessThan(10);
  });

  it.each([
    [300, 'up'],
    [2, 'down'],
  ])('says that %s instead of 100 is odd, %s', (value, direction) => {
    const at = 24 * 14;
    const scores = scoresOf(withValue(seasonal(24 * 15), at, value));
    expect(scores[at]).toMatchObject({ direction, status: 'scored' });
    expect(scores[at].score).toBeGreaterThanOrEqual(1);
    expect(
      Math.abs(scores[at].value - scores[at].expected!),
    ).toBeGreaterThanOrEqual(scores[at].limit!);
  });

  it('takes what recurs for no anomaly, and what is larger for one', () => {
    const busy = seasonal(24 * 28).map((point, hour) =>
      hour % 7 === 0 ? { ...point, value: point.value + 80 } : point,
    );
    const last = busy.length - 1;
    const scores = scoresOf(withValue(busy, last, 900));
    expect(
      scores.slice(24 * 14, last).filter(({ score }) => score >= 1),
    ).toEqual([]);
    expect(scores[last].score).toBeGreaterThanOrEqual(1);
  });

  it('lets small counts vary as counts do', () => {
    const counts = Array.from({ length: 24 * 14 }, (_, hour) => ({
      at: MONDAY + hour * HOUR_MS,
      value: hour % 29 === 0 ? 1 : 0,
    }));
    const scores = scoresOf([
      ...counts,
      { at: MONDAY + 24 * 14 * HOUR_MS + 5 * HOUR_MS, value: 3 },
    ]);
    expect(scores.every(({ score }) => score < 1)).toBe(true);
  });

  it.each([2, 1.5])(
    'finds that days with a weekend cost %d times as much, after four weeks of them',
    factor => {
      for (let first = 28; first < 35; first += 1) {
        const days = Array.from({ length: first + 3 }, (_, day) => ({
          at: MONDAY + day * DAY_MS,
          value:
            ((day % 7 >= 5 ? 50 : 100) + ((day * 7919) % 7)) *
            (day < first ? 1 : factor),
        }));
        const scores = scoresOf(days);
        expect(scores.slice(0, first).every(({ score }) => score < 1)).toBe(
          true,
        );
        expect(scores.slice(first).some(({ score }) => score >= 1)).toBe(true);
      }
    },
  );

  it('takes no share of nothing for the noise of days', () => {
    const batch = Array.from({ length: 7 * 12 }, (_, day) => ({
      at: MONDAY + day * DAY_MS,
      value: day % 7 === 6 ? 100 + (day % 5) : 0,
    }));
    const scores = scoresOf(withValue(batch, 7 * 11 + 6, 900));
    expect(scores.slice(0, -1).every(({ score }) => score < 1)).toBe(true);
    expect(scores[scores.length - 1].score).toBeGreaterThanOrEqual(1);
    expect(scores.every(({ limit = 0 }) => Number.isFinite(limit))).toBe(true);
  });

  it('knows days of the week of a series of days, and that a month is no news', () => {
    const days = Array.from({ length: 7 * 12 }, (_, day) => ({
      at: MONDAY + day * DAY_MS,
      value: (day % 7 >= 5 ? 20 : 100) + (day % 3),
    }));
    const scores = scoresOf(withValue(days, 7 * 11 + 5, 100));
    const [saturday] = scores.slice(7 * 11 + 5);
    expect(scores.slice(0, 7 * 11 + 5).every(({ score }) => score < 1)).toBe(
      true,
    );
    expect(saturday.score).toBeGreaterThan(0.3);
    expect(saturday.expected).toBeLessThan(60);
  });

  it('says nothing before two days of hours, or two weeks of days', () => {
    const hours = scoresOf(withValue(seasonal(60), 40, 9999));
    expect(hours[40]).toMatchObject({ status: 'warming-up', score: 0 });
    expect(hours[50].status).toBe('scored');
    const days = scoresOf(
      Array.from({ length: 20 }, (_, day) => ({
        at: MONDAY + day * DAY_MS,
        value: day === 10 ? 9999 : 100,
      })),
    );
    expect(days[10]).toMatchObject({ status: 'warming-up', score: 0 });
    expect(days[19].status).toBe('scored');
  });

  it('measures from a new level once a whole season is there', () => {
    const points = seasonal(24 * 28).map((point, hour) =>
      hour >= 24 * 14 ? { ...point, value: point.value + 400 } : point,
    );
    const scores = scoresOf(points);
    expect(scores[24 * 14].score).toBeGreaterThanOrEqual(1);
    const later = scores.slice(24 * 16);
    expect(later.filter(({ score }) => score >= 1)).toEqual([]);
    expect(later[later.length - 1].expected).toBeGreaterThan(450);
  });

  it('scores no value that is not known and no point that comes late, and learns nothing of them', () => {
    const points = seasonal(24 * 7);
    const [last] = points.slice(-1);
    const next = { at: last.at + HOUR_MS, value: 400 };
    const scores = scoresOf([
      ...points,
      { at: last.at + 1, value: NaN },
      { at: last.at - HOUR_MS, value: 1e9 },
      next,
    ]);
    expect(scores[points.length].status).toBe('unknown');
    expect(scores[points.length + 1]).toMatchObject({
      status: 'late',
      score: 0,
    });
    expect(scores[points.length + 2]).toEqual(
      scoresOf([...points, next]).pop(),
    );
  });

  it('does not peek: a beginning has the scores that it has in the whole', () => {
    fc.assert(
      fc.property(anySeries, fc.nat(), (points, cut) => {
        const length = cut % points.length;
        expect(scoresOf(points.slice(0, length))).toEqual(
          scoresOf(points).slice(0, length),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('says the same of a series in other units', () => {
    fc.assert(
      fc.property(
        anySeries,
        fc.integer({ min: -20, max: 20 }),
        (points, exponent) => {
          // A power of two, so that nothing is rounded otherwise.
          const factor = 2 ** exponent;
          const scaled = scoresOf(
            points.map(({ at, value }) => ({ at, value: value * factor })),
          );
          expect(scaled.map(({ score }) => score)).toEqual(
            scoresOf(points).map(({ score }) => score),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('says the same of a series some weeks later', () => {
    fc.assert(
      fc.property(
        anySeries,
        fc.integer({ min: 1, max: 50 }),
        (points, weeks) => {
          const later = scoresOf(
            points.map(({ at, value }) => ({
              at: at + weeks * 7 * DAY_MS,
              value,
            })),
          );
          expect(later.map(({ score }) => score)).toEqual(
            scoresOf(points).map(({ score }) => score),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('gives numbers whatever comes', () => {
    fc.assert(
      fc.property(anySeries, points => {
        for (const { score } of scoresOf(points)) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
        }
      }),
      { numRuns: 30 },
    );
  });
});
