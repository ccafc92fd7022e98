import { containerDayOf } from './containerDay';
import { digestsOf, GIB } from '../__testUtils__/builders';
import { confidenceOf } from './confidence';
import { driftOf, isRising } from './drift';

const steady = Array.from(
  { length: 28 },
  (_, day) => 1 + (day % 7 === 0 ? 1 : 0),
);

describe('isRising', () => {
  it.each([
    ['a weekly season', steady, false],
    ['a bad day', [...steady.slice(0, -1), 9], false],
    ['a new level', [...steady.slice(0, -3), 3, 3, 3], true],
    ['a level that fell', [...steady.slice(0, -3), 0.1, 0.1, 0.1], false],
    ['a leak', steady.map((_, day) => 1 + day / 50), true],
    ['six days', [1, 1, 1, 9, 9, 9], false],
  ])('%s', (_, levels, expected) => {
    expect(isRising(levels)).toBe(expected);
  });
});

describe('driftOf', () => {
  it('is nothing for what repeats, and ln 2 for what doubled or halved', () => {
    expect(driftOf(steady)).toBe(0);
    const doubled = steady.map((level, day) => level * (day < 21 ? 1 : 2));
    expect(driftOf(doubled)).toBeCloseTo(Math.LN2, 9);
    expect(driftOf(doubled.map(level => 1 / level))).toBeCloseTo(Math.LN2, 9);
  });
});

describe('confidenceOf', () => {
  const end = '2026-02-02T00:00:00.000Z';
  const of = (memory: (day: number) => number, days = 28, coverage = 1) =>
    confidenceOf(
      digestsOf(days, day => ({ memory: () => memory(day) })).map(digest =>
        containerDayOf(digest),
      ),
      { end, coverage, gapsCount: true },
    );

  it('falls with drift, gaps and missing samples', () => {
    const best = of(() => GIB);
    expect(best).toBeCloseTo(1 - Math.exp(-2), 3);
    expect(of(day => GIB * (day < 21 ? 1 : 1.5))).toBeCloseTo(
      best / (1 + 2 * Math.log(1.5)),
      1,
    );
    expect(of(() => GIB, 28, 0.95)).toBeCloseTo(best * 0.95, 2);
    expect(of(() => GIB, 20)).toBeLessThan(best * (20 / 28));
  });

  it('is 0 without days, and when usage vanished', () => {
    expect(of(() => GIB, 0)).toBe(0);
    expect(of(day => (day < 21 ? GIB : 0))).toBe(0);
  });
});
