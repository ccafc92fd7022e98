import { addDays } from '@headroom/common';
import fc from 'fast-check';
import {
  AnomalyDay,
  AnomalyRule,
  findCostAnomalies,
} from './findCostAnomalies';

const START = '2026-03-02';
const RULE: AnomalyRule = {
  floorMicros: 10_000_000n,
  percent: 25,
  newFloorMicros: 1_000_000_000n,
};

/** Days at so many dollars, a fifth less on weekends, with some noise. */
function days(dollars: (day: number) => number, count: number): AnomalyDay[] {
  return Array.from({ length: count }, (_, day) => ({
    day: addDays(START, day),
    micros: BigInt(
      Math.round(
        dollars(day) *
          (day % 7 >= 5 ? 0.8 : 1) *
          (1 + ((day * 7919) % 13) / 200) *
          1e6,
      ),
    ),
    complete: true,
  }));
}

function spike(at: number, dollars: number, count = 60, base = 100) {
  return days(day => (day === at ? dollars : base), count);
}

describe('findCostAnomalies', () => {
  it('finds none in a cost with a week and some noise', () => {
    expect(
      findCostAnomalies(
        days(() => 100, 120),
        RULE,
      ),
    ).toEqual([]);
  });

  it('finds a day that cost three times as much, and how much that is', () => {
    const [found, ...others] = findCostAnomalies(spike(50, 300), RULE);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      firstDay: addDays(START, 50),
      lastDay: addDays(START, 50),
      days: 1,
      over: true,
      isNew: false,
    });
    expect(Number(found.actual - found.expected) / 1e6).toBeGreaterThan(190);
    expect(Number(found.expected) / 1e6).toBeLessThan(110);
  });

  it.each([
    ['the floor', spike(50, 3, 60, 1)],
    ['the percentage', spike(50, 300)],
  ])('says nothing of what does not reach %s', (_, history) => {
    expect(findCostAnomalies(history, { ...RULE, percent: 250 })).toEqual([]);
  });

  it('takes what recurs for usual, once it was seen a few times', () => {
    const found = findCostAnomalies(
      days(day => (day % 5 === 0 ? 300 : 100), 90),
      RULE,
    );
    expect(
      found.filter(({ firstDay }) => firstDay > addDays(START, 28)),
    ).toEqual([]);
  });

  it('judges no day that is not complete', () => {
    const history = spike(59, 900).map((day, i) =>
      i === 59 ? { ...day, complete: false } : day,
    );
    expect(findCostAnomalies(history, RULE)).toEqual([]);
  });

  it('has one incident of a new level, which ends as the level is what is usual', () => {
    const found = findCostAnomalies(
      days(day => (day >= 60 ? 400 : 100), 150),
      RULE,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      firstDay: addDays(START, 60),
      over: true,
    });
  });

  it('measures all of an incident by the days before it', () => {
    const [found] = findCostAnomalies(
      days(day => (day >= 56 ? 400 : 100), 58),
      RULE,
    );
    expect(found).toMatchObject({ days: 2, over: false });
    expect(Number(found.expected) / 1e6).toBeGreaterThan(190);
    expect(Number(found.expected) / 1e6).toBeLessThan(220);
  });

  it('says nothing of what is new unless it costs very much', () => {
    const found = (dollars: number) =>
      findCostAnomalies(
        days(() => dollars, 10),
        RULE,
      );
    expect(found(500)).toEqual([]);
    expect(found(2000)).toEqual([
      expect.objectContaining({ firstDay: START, isNew: true, expected: 0n }),
    ]);
  });

  it('says nothing of what is only not known for long', () => {
    const history = days(() => 2000, 10);
    expect(
      findCostAnomalies(history, { ...RULE, newFloorMicros: undefined }),
    ).toEqual([]);
  });

  it('opens none on days that are expected to be dear', () => {
    const history = days(day => (day >= 50 && day < 53 ? 300 : 100), 60);
    const all = findCostAnomalies(history, RULE);
    expect(all.map(({ firstDay }) => firstDay)).toEqual([addDays(START, 50)]);
    expect(
      findCostAnomalies(history, RULE, [
        { from: addDays(START, 50), until: addDays(START, 60) },
      ]),
    ).toEqual([]);
  });

  it('is the same however the currency is divided, but for the floors', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 500 }), {
          minLength: 30,
          maxLength: 90,
        }),
        dollars => {
          const rule = {
            floorMicros: 0n,
            percent: 25,
            newFloorMicros: 10n ** 18n,
          };
          const history = (factor: bigint) =>
            dollars.map((amount, i) => ({
              day: addDays(START, i),
              micros: BigInt(amount) * 1_000_000n * factor,
              complete: true,
            }));
          const spans = (factor: bigint) =>
            findCostAnomalies(history(factor), rule).map(
              ({ firstDay, lastDay }) => [firstDay, lastDay],
            );
          expect(spans(1024n)).toEqual(spans(1n));
        },
      ),
      { numRuns: 40 },
    );
  });
});
