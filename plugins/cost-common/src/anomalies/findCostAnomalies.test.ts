import { addDays } from '@headroom/common';
import fc from 'fast-check';
import {
  AnomalyDay,
  AnomalyRule,
  CostAnomaly,
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

/** 231 days with noise of 3 %, at another level from day 175 on. */
function weekly({
  weekday,
  weekend,
  factor,
  seed,
}: {
  weekday: number;
  weekend: number;
  factor: number;
  seed: number;
}): AnomalyDay[] {
  let state = seed;
  const noise = () => {
    let sum = -6;
    for (let i = 0; i < 12; i += 1) {
      state = (state * 48271) % 2147483647;
      sum += state / 2147483647;
    }
    return 1 + 0.03 * sum;
  };
  return Array.from({ length: 231 }, (_, day) => ({
    day: addDays(START, day),
    micros: BigInt(
      Math.round(
        (day % 7 < 5 ? weekday : weekend) *
          (day >= 174 + seed ? factor : 1) *
          noise() *
          1e6,
      ),
    ),
    complete: true,
  }));
}

/** What people are told when each day looks through the 168 days up to it. */
function tellDaily(series: readonly AnomalyDay[]): CostAnomaly[] {
  const told = new Map<string, CostAnomaly>();
  for (let until = 168; until <= series.length; until += 1) {
    const found = findCostAnomalies(
      series.slice(until - 168, until),
      RULE,
      [],
      [...told.keys()],
    );
    for (const anomaly of found) {
      told.set(anomaly.firstDay, anomaly);
    }
  }
  return [...told.values()];
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
      end: 'over',
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
      end: 'level',
    });
  });

  describe('of a new level', () => {
    const HALF = { floorMicros: 5_000_000n, percent: 25 };

    /** The demo's recommendation-api: up from the 141st day on, and weekends stay below the floor. */
    function demo(count: number, upUntil = count): AnomalyDay[] {
      const usual = [11.2, 11.6, 11.9, 11.4, 11.7, 6.6, 6.3];
      const more = [7.8, 7.4, 7.1, 7.6, 7.3, 4.61, 4.28];
      return Array.from({ length: count }, (_, day) => {
        const isUp = day >= 140 && day < upUntil;
        const dollars = usual[day % 7] + (isUp ? more[day % 7] : 0);
        return {
          day: addDays(START, day),
          micros: BigInt(Math.round(dollars * 1e6)),
          complete: true,
        };
      });
    }

    it('ends as that when its weekends are too cheap to show it', () => {
      expect(findCostAnomalies(demo(152), HALF)).toEqual([
        expect.objectContaining({
          firstDay: addDays(START, 140),
          lastDay: addDays(START, 144),
          end: 'level',
        }),
      ]);
    });

    it('does not end while cheap days say nothing', () => {
      const [found] = findCostAnomalies(demo(147), HALF);
      expect(found).toMatchObject({ firstDay: addDays(START, 140) });
      expect(found).not.toHaveProperty('end');
    });

    it('is over when days that could show it do not', () => {
      expect(findCostAnomalies(demo(159, 145), HALF)).toEqual([
        expect.objectContaining({
          firstDay: addDays(START, 140),
          lastDay: addDays(START, 144),
          end: 'over',
        }),
      ]);
    });

    it.each([
      [100, 50, 2],
      [25, 16, 1.6],
      [100, 20, 2],
      [100, 5, 2],
      [300, 200, 1.7],
      [100, 100, 2],
    ])(
      'is told once, day by day, of a weekday at %d, a weekend at %d, times %d',
      (weekday, weekend, factor) => {
        for (let seed = 1; seed <= 4; seed += 1) {
          const series = weekly({ weekday, weekend, factor, seed });
          const told = tellDaily(series);
          expect(told.map(({ end }) => end)).toEqual(['level']);
        }
      },
    );

    it('tells what comes on top of it', () => {
      const series = weekly({ weekday: 100, weekend: 50, factor: 2, seed: 1 });
      series[200] = { ...series[200], micros: series[200].micros * 3n };
      expect(tellDaily(series).map(({ end }) => end)).toEqual([
        'level',
        'over',
      ]);
    });

    it('keeps the first day people were told of, by six tenths of the rule', () => {
      const history = spike(50, 115);
      const day = addDays(START, 50);
      const rule = { ...RULE, percent: 15 };
      expect(findCostAnomalies(history, rule)).toEqual([]);
      expect(findCostAnomalies(history, rule, [], [day])).toMatchObject([
        { firstDay: day, end: 'over' },
      ]);
      expect(findCostAnomalies(spike(50, 101), rule, [], [day])).toEqual([]);
    });

    it('has no other beginning in the week before the one people were told of', () => {
      const history = days(day => (day >= 50 && day < 58 ? 300 : 100), 58);
      const told = addDays(START, 51);
      expect(
        findCostAnomalies(history, RULE, [], [told]).map(
          ({ firstDay }) => firstDay,
        ),
      ).toEqual([told]);
    });
  });

  it('measures all of an incident by the days before it', () => {
    const [found] = findCostAnomalies(
      days(day => (day >= 56 ? 400 : 100), 58),
      RULE,
    );
    expect(found).toMatchObject({ days: 2 });
    expect(found).not.toHaveProperty('end');
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
