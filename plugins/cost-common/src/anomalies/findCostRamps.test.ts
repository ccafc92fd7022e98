import { addDays } from '@headroom/common';
import fc from 'fast-check';
import { AnomalyDay, findCostAnomalies } from './findCostAnomalies';
import { findCostRamps } from './findCostRamps';

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

describe('findCostRamps', () => {
  it('finds a rise of a hundredth a day, in which no day is odd', () => {
    const history = days(rising(70, 200), 103);
    expect(findCostAnomalies(history, RULE)).toEqual([]);
    const [ramp, ...others] = findCostRamps(history, RULE);
    expect(others).toEqual([]);
    // The week from 93 to 99 is the first that costs 25 % more than the one four weeks before.
    expect(ramp).toMatchObject({
      firstDay: at(93),
      lastDay: at(102),
      days: 10,
      over: false,
      isNew: false,
    });
    const week = (from: number) => [0, 1, 2, 3, 4, 5, 6].map(i => from + i);
    const sum = (of: number[]) =>
      of.reduce((all, day) => all + Number(history[day].micros), 0);
    expect(sum(week(93)) / sum(week(65))).toBeGreaterThanOrEqual(1.25);
    expect(sum(week(92)) / sum(week(64))).toBeLessThan(1.25);
    expect(Number(ramp.actual)).toBe(sum(week(93)) + sum([100, 101, 102]));
    // The same weekdays of the week it is compared with.
    expect(Number(ramp.expected)).toBe(sum(week(65)) + sum([65, 66, 67]));
    expect(ramp.score).toBeGreaterThan(1);
  });

  it('is over when the week is no more that far above, and after three weeks', () => {
    const fallen = (day: number) => (day < 101 ? rising(70, 200)(day) : 100);
    expect(findCostRamps(days(fallen, 110), RULE)).toMatchObject([
      { firstDay: at(93), over: true },
    ]);
    const long = findCostRamps(days(rising(70, 200), 160), RULE);
    expect(long).toMatchObject([
      { firstDay: at(93), lastDay: at(99 + 20), over: true },
    ]);
  });

  it('is one of the same cost, whichever days have left the history', () => {
    const history = days(rising(80, 40), 168);
    const whole = findCostRamps(history, RULE);
    expect(whole).toHaveLength(1);
    for (const gone of [1, 10, 30]) {
      expect(findCostRamps(history.slice(gone), RULE)).toEqual(whole);
    }
  });

  it('keeps still of a rise that began before enough was known', () => {
    expect(findCostRamps(days(rising(0, 200), 168), RULE)).toEqual([]);
  });

  it('is none below the floor or the percentage', () => {
    const small = (day: number) => rising(70, 200)(day) / 20;
    expect(findCostRamps(days(small, 100), RULE)).toEqual([]);
    const slower = (day: number) => 100 + Math.max(0, day - 70) / 2;
    expect(findCostRamps(days(slower, 100), RULE)).toEqual([]);
  });

  it('is no jump, whether that was found or not', () => {
    const jump = days(day => (day < 80 ? 100 : 300), 120);
    const found = findCostAnomalies(jump, RULE);
    expect(found).toHaveLength(1);
    expect(findCostRamps(jump, RULE, found)).toEqual([]);
    // Weeks that stay where they are rise not.
    expect(findCostRamps(jump, RULE)).toEqual([]);
  });

  it('is none where days are spoken for, and ends where they begin', () => {
    const history = days(rising(70, 200), 110);
    const span = (first: number, last: number) => [
      { firstDay: at(first), lastDay: at(last) },
    ];
    expect(findCostRamps(history, RULE, span(93, 95))).toEqual([]);
    expect(findCostRamps(history, RULE, span(102, 103))).toMatchObject([
      { firstDay: at(93), lastDay: at(101), over: true },
    ]);
  });

  it('says nothing of weeks that are not known, and ends by none', () => {
    expect(findCostRamps(days(rising(70, 200), 100, [80]), RULE)).toEqual([]);
    expect(
      findCostRamps(days(rising(70, 200), 104, [102]), RULE),
    ).toMatchObject([{ firstDay: at(93), lastDay: at(101), over: false }]);
    expect(findCostRamps([], RULE)).toEqual([]);
  });

  it('finds next to none in noise: ten in a thousand histories of 24 weeks', () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647;
    };
    let ramps = 0;
    for (let i = 0; i < 1000; i += 1) {
      const noise = days(() => 100 * (0.7 + 0.6 * random()), 168);
      ramps += findCostRamps(noise, RULE).length;
    }
    expect(ramps).toBeLessThanOrEqual(10);
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
          const found = findCostRamps(history, RULE);
          found.forEach((ramp, i) => {
            expect(ramp.firstDay <= ramp.lastDay).toBe(true);
            expect(ramp.days).toBeGreaterThanOrEqual(7);
            expect(ramp.actual).toBeGreaterThan(ramp.expected);
            expect(ramp.score).toBeGreaterThanOrEqual(1);
            if (i > 0) {
              expect(ramp.firstDay > found[i - 1].lastDay).toBe(true);
            }
          });
        },
      ),
    );
  });
});
