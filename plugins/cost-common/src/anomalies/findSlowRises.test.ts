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

/** The same numbers from 0 to 1 each time. */
function randomOf(first: number): () => number {
  let seed = first;
  return () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
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
    const lower = (micros: bigint) =>
      history.map((each, day) =>
        day >= 93 && day < 100
          ? { ...each, micros: each.micros - micros }
          : each,
      );
    for (const told of [lower(1_000_000n), lower(3_000_000n)]) {
      const [later] = findSlowRises(told, RULE);
      expect(later.firstDay > at(93)).toBe(true);
      const [rise] = findSlowRises(told, RULE, { open: at(93) });
      expect(rise).toMatchObject({ firstDay: at(93), lastDay: at(102) });
      expect(rise.end).toBeUndefined();
    }
    // One that was told to begin later began no sooner.
    const [sooner] = findSlowRises(history, RULE, { open: at(96) });
    expect(sooner).toMatchObject({ firstDay: at(96), lastDay: at(102) });
    expect(sooner.end).toBeUndefined();
    // What was told of another time, and does not hold any more, is another.
    expect(findSlowRises(history, RULE, { open: at(50) })).toMatchObject([
      { firstDay: at(93) },
    ]);
  });

  it('tells nothing of what was told, nor in the four weeks after it', () => {
    const history = days(rising(70, 200), 110);
    const told = (first: number, last: number) =>
      findSlowRises(history, RULE, {
        told: [{ firstDay: at(first), lastDay: at(last) }],
      });
    expect(told(90, 95)).toEqual([]);
    expect(told(60, 66)).toEqual([]);
    expect(told(50, 64)).toMatchObject([{ firstDay: at(93) }]);
  });

  it('is none when a cost comes back to what it was', () => {
    const dip = (day: number) =>
      day < 70 || day > 110
        ? 150
        : 150 - 50 * Math.sin(((day - 70) / 40) * Math.PI);
    expect(findSlowRises(days(dip, 168), RULE)).toEqual([]);
  });

  it('tells each of noisy rises once in half a year of days, though the newest are corrected later', () => {
    const random = randomOf(11);
    let told = 0;
    for (let series = 0; series < 8; series += 1) {
      const final = days(
        day =>
          100 *
          1.009 ** Math.min(60, Math.max(0, day - 90)) *
          (0.92 + 0.16 * random()),
        330,
      );
      const first = final.map(each => ({
        ...each,
        micros: (each.micros * (random() < 0.5 ? 97n : 103n)) / 100n,
      }));
      const stored = new Map<string, { lastDay: string; isOpen: boolean }>();
      for (let today = 100; today <= 330; today += 1) {
        const window = final
          .slice(Math.max(0, today - 168), today)
          .map((each, i, all) =>
            i >= all.length - 4 ? first[today - all.length + i] : each,
          );
        const rises = [...stored].map(([firstDay, each]) => ({
          firstDay,
          ...each,
        }));
        const found = findSlowRises(window, RULE, {
          told: rises,
          open: rises.find(({ isOpen }) => isOpen)?.firstDay,
        });
        for (const rise of rises) {
          stored.set(rise.firstDay, { ...rise, isOpen: false });
        }
        for (const { firstDay, lastDay, end } of found) {
          stored.set(firstDay, { lastDay, isOpen: end === undefined });
        }
      }
      told += stored.size;
      expect(stored.size).toBeLessThan(2);
    }
    expect(told).toBeGreaterThan(6);
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
    ).toMatchObject([{ firstDay: at(93), lastDay: at(101), end: 'overtaken' }]);
  });

  it.each([[[40]], [[60, 61]], [[80]], [[92, 95]], [[102]]])(
    'is told all the same when days %j are not known',
    unknown => {
      const found = findSlowRises(days(rising(70, 200), 104, unknown), RULE);
      expect(found).toHaveLength(1);
      expect(found[0].end).toBeUndefined();
      expect(
        Math.abs(Date.parse(found[0].firstDay) - Date.parse(at(93))),
      ).toBeLessThanOrEqual(3 * 86_400_000);
    },
  );

  it('says nothing of weeks of which three days are not known, nor twice after them', () => {
    const gap = [85, 86, 87];
    expect(findSlowRises(days(rising(70, 200), 94, gap), RULE)).toEqual([]);
    expect(findSlowRises(days(rising(70, 200), 130, gap), RULE)).toHaveLength(
      1,
    );
    const later = days(rising(70, 200), 130, [101, 102, 103, 104]);
    expect(findSlowRises(later, RULE)).toMatchObject([{ firstDay: at(93) }]);
    expect(findSlowRises([], RULE)).toEqual([]);
  });

  it('finds next to none in noise: ten in a thousand histories of 24 weeks', () => {
    const random = randomOf(1);
    let rises = 0;
    for (let i = 0; i < 1000; i += 1) {
      const noise = days(() => 100 * (0.7 + 0.6 * random()), 168);
      rises += findSlowRises(noise, RULE).length;
    }
    expect(rises).toBeLessThanOrEqual(10);
  });

  it('has days of the history, an excess, and no two at a time, however noisy it grows', () => {
    const gap = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            noise: fc.double({ min: -1, max: 1, noNaN: true }),
            complete: gap.map(each => each > 0),
          }),
          { minLength: 100, maxLength: 168, size: 'max' },
        ),
        fc.constantFrom(0, 0.1, 0.2, 0.3),
        fc.constantFrom(1, 1.006, 1.009, 1.012),
        fc.option(fc.integer({ min: 60, max: 160 }), { nil: undefined }),
        (each, noisy, growth, open) => {
          const history = each.map(({ noise, complete }, i) => ({
            day: at(i),
            micros: BigInt(
              Math.round(100 * growth ** i * (1 + noisy * noise) * 1_000_000),
            ),
            complete,
          }));
          const found = findSlowRises(history, RULE, {
            open: open === undefined ? undefined : at(open),
          });
          found.forEach((rise, i) => {
            expect(rise.firstDay <= rise.lastDay).toBe(true);
            // Of a week that was told and isn't known any more nothing is said.
            expect(rise.days).toBeGreaterThanOrEqual(
              rise.firstDay === at(open ?? -1) ? 0 : 5,
            );
            expect(rise.score).toBeGreaterThanOrEqual(1);
            const before = found[i - 1] ?? { end: 'none', lastDay: '' };
            expect(before.end).toBeDefined();
            expect(rise.firstDay > before.lastDay).toBe(true);
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has one that is open at most, of noisy growth that a test of 28 days loses sight of', () => {
    const random = randomOf(7);
    let told = 0;
    for (let i = 0; i < 600; i += 1) {
      const history = days(
        day => 100 * 1.012 ** day * (0.75 + 0.5 * random()),
        120 + (i % 48),
      );
      const found = findSlowRises(history, RULE, {
        spokenFor: findCostAnomalies(history, RULE),
      });
      told += found.length;
      expect(found.filter(({ end }) => end === undefined).length).toBeLessThan(
        2,
      );
      expect(found.slice(0, -1).every(({ end }) => end !== undefined)).toBe(
        true,
      );
    }
    expect(told).toBeGreaterThan(100);
  });
});
