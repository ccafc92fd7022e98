import { addDays } from '@headroom/common';
import fc from 'fast-check';
import { AnomalyDay, findCostAnomalies } from './findCostAnomalies';
import { findSlowRises } from './findSlowRises';

const START = '2026-03-02';
const RULE = { floorMicros: 10_000_000n, percent: 25 };

function days(
  dollars: (day: number) => number,
  count: number,
  unknown: readonly number[] = [],
): AnomalyDay[] {
  return Array.from({ length: count }, (_, day) => ({
    day: addDays(START, day),
    micros: BigInt(
      Math.round(dollars(day) * (day % 7 >= 5 ? 0.8 : 1) * 1_000_000),
    ),
    complete: !unknown.includes(day),
  }));
}

const at = (day: number) => addDays(START, day);

/** A dollar more each day from a day on, for so many days. */
const rising = (from: number, length: number) => (day: number) =>
  100 + Math.max(0, Math.min(day - from, length));

describe('findSlowRises', () => {
  it('finds a rise of a hundredth a day, in which no day is odd', () => {
    const history = days(rising(70, 200), 103);
    expect(findCostAnomalies(history, RULE)).toEqual([]);
    const [rise, ...others] = findSlowRises(history, RULE);
    expect(others).toEqual([]);
    // The week from 93 to 99 is the first that costs 25 % more than the one four weeks before.
    expect(rise).toMatchObject({
      firstDay: at(93),
      lastDay: at(102),
      days: 10,
    });
    expect(rise.end).toBeUndefined();
    const week = (from: number) => [0, 1, 2, 3, 4, 5, 6].map(i => from + i);
    const sum = (of: number[]) =>
      of.reduce((all, day) => all + Number(history[day].micros), 0);
    expect(sum(week(93)) / sum(week(65))).toBeGreaterThanOrEqual(1.25);
    expect(sum(week(92)) / sum(week(64))).toBeLessThan(1.25);
    expect(Number(rise.actual)).toBe(sum(week(93)) + sum([100, 101, 102]));
    // The same weekdays of the week it is compared with.
    expect(Number(rise.expected)).toBe(sum(week(65)) + sum([65, 66, 67]));
    expect(rise.score).toBeGreaterThan(1);
  });

  it('is over when the week is no more that far above', () => {
    const fallen = (day: number) => (day < 101 ? rising(70, 200)(day) : 100);
    expect(findSlowRises(days(fallen, 110), RULE)).toMatchObject([
      { firstDay: at(93), end: 'over' },
    ]);
  });

  it('goes on while it rises, and is a new level three weeks after it did last', () => {
    const history = days(rising(70, 60), 210);
    const [{ lastDay, end }, ...others] = findSlowRises(history, RULE);
    expect(others).toEqual([]);
    expect(end).toBe('level');
    // The last week that costs 25 % more than the one four weeks before it ends before day 140.
    const week = (last: number) =>
      [0, 1, 2, 3, 4, 5, 6].reduce(
        (sum, back) => sum + Number(history[last - back].micros),
        0,
      );
    const lastRise = [...history.keys()]
      .filter(day => day >= 99 && week(day) >= 1.25 * week(day - 28))
      .at(-1)!;
    expect(lastDay).toBe(at(lastRise + 20));
  });

  it('is told once while it rises without end, and becomes what is usual after twelve weeks', () => {
    const faster = (day: number) => 100 * 1.01 ** Math.max(0, day - 70);
    expect(findSlowRises(days(faster, 160), RULE)).toHaveLength(1);
    expect(findSlowRises(days(faster, 160), RULE)[0].end).toBeUndefined();
    const long = findSlowRises(days(faster, 260), RULE);
    expect(long).toMatchObject([{ end: 'level', days: 6 + 84 }]);
  });

  it('is the one that was told, though corrected days would begin it a few days later', () => {
    const history = days(rising(70, 200), 103);
    const told = history.map((each, day) =>
      day >= 93 && day < 100
        ? { ...each, micros: each.micros - 1_000_000n }
        : each,
    );
    const [later] = findSlowRises(told, RULE);
    expect(later.firstDay > at(93)).toBe(true);
    expect(findSlowRises(told, RULE, { open: at(93) })).toMatchObject([
      { firstDay: at(93) },
    ]);
    // One of another time is another.
    expect(findSlowRises(history, RULE, { open: at(60) })).toMatchObject([
      { firstDay: at(93) },
    ]);
  });

  it('is one of the same cost, whichever days have left the history', () => {
    const history = days(rising(80, 40), 168);
    const whole = findSlowRises(history, RULE);
    expect(whole).toHaveLength(1);
    for (const gone of [1, 10, 30]) {
      expect(findSlowRises(history.slice(gone), RULE)).toEqual(whole);
    }
  });

  it('keeps still of a rise that began before enough was known', () => {
    expect(findSlowRises(days(rising(0, 200), 168), RULE)).toEqual([]);
  });

  it('is none below the floor or the percentage', () => {
    const small = (day: number) => rising(70, 200)(day) / 20;
    expect(findSlowRises(days(small, 100), RULE)).toEqual([]);
    const slower = (day: number) => 100 + Math.max(0, day - 70) / 2;
    expect(findSlowRises(days(slower, 100), RULE)).toEqual([]);
  });

  it('is no jump, whether that was found or not', () => {
    const jump = days(day => (day < 80 ? 100 : 300), 120);
    const found = findCostAnomalies(jump, RULE);
    expect(found).toHaveLength(1);
    expect(findSlowRises(jump, RULE, { spokenFor: found })).toEqual([]);
    // Weeks that stay where they are rise not.
    expect(findSlowRises(jump, RULE)).toEqual([]);
  });

  it('is none where days are spoken for, and ends where they begin', () => {
    const history = days(rising(70, 200), 110);
    const span = (first: number, last: number) => [
      { firstDay: at(first), lastDay: at(last) },
    ];
    expect(findSlowRises(history, RULE, { spokenFor: span(93, 95) })).toEqual(
      [],
    );
    expect(
      findSlowRises(history, RULE, { spokenFor: span(102, 103) }),
    ).toMatchObject([{ firstDay: at(93), lastDay: at(101), end: 'level' }]);
  });

  it('says nothing of weeks that are not known, and ends by none', () => {
    expect(findSlowRises(days(rising(70, 200), 100, [80]), RULE)).toEqual([]);
    const [{ firstDay, lastDay, end }] = findSlowRises(
      days(rising(70, 200), 104, [102]),
      RULE,
    );
    expect([firstDay, lastDay, end]).toEqual([at(93), at(101), undefined]);
    expect(findSlowRises([], RULE)).toEqual([]);
  });

  it('finds next to none in noise: ten in a thousand histories of 24 weeks', () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647;
    };
    let rises = 0;
    for (let i = 0; i < 1000; i += 1) {
      const noise = days(() => 100 * (0.7 + 0.6 * random()), 168);
      rises += findSlowRises(noise, RULE).length;
    }
    expect(rises).toBeLessThanOrEqual(10);
  });

  it('has days of the history, an excess beyond the rule, and no two at a time', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            dollars: fc.integer({ min: 0, max: 400 }),
            complete: fc.constant(true),
          }),
          { minLength: 0, maxLength: 168 },
        ),
        fc.integer({ min: -2, max: 3 }),
        (each, slope) => {
          const history = each.map(({ dollars, complete }, i) => ({
            day: at(i),
            micros: BigInt(Math.max(0, dollars + slope * i) * 1_000_000),
            complete,
          }));
          const found = findSlowRises(history, RULE);
          found.forEach((rise, i) => {
            expect(rise.firstDay <= rise.lastDay).toBe(true);
            expect(rise.days).toBeGreaterThanOrEqual(7);
            expect(rise.actual).toBeGreaterThan(rise.expected);
            expect(rise.score).toBeGreaterThanOrEqual(1);
            const before = found[i - 1]?.lastDay ?? '';
            expect(rise.firstDay > before).toBe(true);
          });
        },
      ),
    );
  });
});
