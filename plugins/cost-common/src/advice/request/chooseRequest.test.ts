import { Appetite, APPETITES } from '../types';
import { RISK_PRICES } from '../appetites';
import { chooseRequest } from './chooseRequest';
import { RULE_CANDIDATES, RULE_MARGINS } from './candidates';
import { DEFAULT_RULE_PRIOR } from './prior';
import { RulePrior, CpuDay } from './types';
import { cpuDayOfSamples } from './cpuDay';

const SLOTS = 288;

/** A day of five-minute samples. */
function dayOf(coresAt: (slot: number) => number): CpuDay {
  return cpuDayOfSamples(
    Float64Array.from({ length: SLOTS }, (_, slot) => coresAt(slot)),
  );
}

function daysOf(count: number, coresAt: (day: number, slot: number) => number) {
  return Array.from({ length: count }, (_, day) =>
    dayOf(slot => coresAt(day, slot)),
  );
}

/** A fleet whose rules never fail. */
const FEARLESS: RulePrior = {
  days: DEFAULT_RULE_PRIOR.days,
  overShares: RULE_CANDIDATES.map(() => 0),
};

describe('chooseRequest', () => {
  it('has nothing to say without data', () => {
    expect(chooseRequest([], { appetite: 'dev' })).toBeUndefined();
    expect(
      chooseRequest([undefined, undefined], { appetite: 'dev' }),
    ).toBeUndefined();
  });

  it.each(APPETITES)(
    'gives constant usage a margin and no more at %s',
    appetite => {
      const choice = chooseRequest(
        daysOf(14, () => 0.4),
        { appetite },
      )!;
      expect(RULE_MARGINS).toContain(choice.rule.margin);
      expect(choice.value).toBeCloseTo(0.4 * choice.rule.margin, 12);
      expect(choice.rule.days).toBe(14);
      expect(choice.prior).toBe(false);
      expect(choice.replay).toEqual({
        days: 13,
        overShare: 0,
        slackShare: expect.closeTo(1 - 1 / choice.rule.margin, 12),
      });
    },
  );

  it('takes the smallest request when neither the past nor the fleet knows a risk', () => {
    const { value, rule } = chooseRequest(
      daysOf(8, () => 1),
      { appetite: 'critical', prior: FEARLESS },
    )!;
    expect(rule).toEqual({ days: 8, quantile: 0.92, margin: 1.02 });
    expect(value).toBe(1.02);
  });

  it('weighs what is reserved against time above the request', () => {
    // Ten slots of every day are at 3, the others at 1: the usual peak is 3, the
    // mean 308/288, the unit 3 × (308/288/3)^¼ = 2.3181. p92 and p95 are 1, p98
    // and above are 3. Covered costs 3.06 / 2.3181 = 1.3200, uncovered 0.4400 and
    // 10/288 of the time above, in all 8 days of 8 + 4. It pays to cover at a
    // price above 0.8800 / (10/288 × 8/12) = 38.0: for `standard`, not for `dev`.
    const days = daysOf(8, (_, slot) => (slot < 10 ? 3 : 1));
    const value = (appetite: 'dev' | 'standard') =>
      chooseRequest(days, { appetite, prior: FEARLESS })!.value;
    expect(RISK_PRICES.dev).toBeLessThan(38);
    expect(RISK_PRICES.standard).toBeGreaterThan(38);
    expect(value('dev')).toBeCloseTo(1.02, 12);
    expect(value('standard')).toBeCloseTo(3.06, 12);
  });

  it('leans on the fleet while the past is short', () => {
    const worried: RulePrior = {
      days: 5,
      overShares: RULE_CANDIDATES.map(({ margin }) =>
        margin < 1.3 ? 0.05 : 0,
      ),
    };
    const choose = (days: number) =>
      chooseRequest(
        daysOf(days, () => 1),
        { appetite: 'dev', prior: worried },
      )!;
    expect(choose(2).rule.margin).toBe(1.3);
    expect(choose(2).prior).toBe(true);
    // 20 × 0.05 × 5 / (5 + 60) = 0.077 is no longer worth 0.28 more.
    expect(choose(60).rule.margin).toBe(1.02);
    expect(choose(60).prior).toBe(false);
  });

  it('advises from one day, by the fleet alone and without a replay', () => {
    const choice = chooseRequest(
      daysOf(1, () => 1),
      { appetite: 'standard' },
    )!;
    expect(choice.prior).toBe(true);
    expect(choice.replay).toBeUndefined();
    expect(choice.value).toBeGreaterThanOrEqual(1.05);
  });

  it('replays its rule from each day to the next', () => {
    // Days at 1, 1, 2, 1 under a margin of 1.02: the third is above all day.
    const levels = [1, 1, 2, 1];
    const { rule, replay } = chooseRequest(
      daysOf(4, day => levels[day]),
      { appetite: 'dev', prior: FEARLESS },
    )!;
    expect(rule.margin).toBe(1.02);
    expect(replay!.days).toBe(3);
    expect(replay!.overShare).toBeCloseTo(1 / 3, 12);
    expect(replay!.slackShare).toBeCloseTo(1 - 4 / (1.02 + 1.02 + 2.04), 12);
  });

  it.each(APPETITES)(
    'remembers two hours a week at %s until they leave the look-back',
    appetite => {
      const burst = (first: number) => (day: number, slot: number) =>
        day === first && slot >= 100 && slot < 124 ? 2 : 0.2;
      for (const first of [0, 3, 6]) {
        const { value } = chooseRequest(daysOf(7, burst(first)), { appetite })!;
        expect(value).toBeGreaterThan(2);
      }
      const { value } = chooseRequest(daysOf(7, burst(-1)), { appetite })!;
      expect(value).toBeLessThan(0.4);
    },
  );

  describe('with a peak that recurs, or does not', () => {
    /** Two hours at 2 on some days, 0.2 all the rest. */
    const burstOn = (isBurst: (day: number) => boolean) =>
      daysOf(40, (day, slot) =>
        isBurst(day) && slot >= 100 && slot < 124 ? 2 : 0.2,
      );
    const chosenOn = (days: CpuDay[], day: number, appetite: Appetite) =>
      chooseRequest(days.slice(day - 14, day), { appetite })!;

    it.each(APPETITES)('never forgets a weekly one at %s', appetite => {
      const days = burstOn(day => day % 7 === 3);
      for (let day = 14; day <= days.length; day++) {
        expect(chosenOn(days, day, appetite).value).toBeGreaterThan(2);
      }
    });

    const daysFrom = (first: number, end: number) =>
      Array.from({ length: end - first }, (_, i) => first + i);

    it.each([
      ['dev' as const, 29],
      ['standard' as const, 29],
      // As long as the look-back: day 20 is in it up to advice for day 34.
      ['critical' as const, 35],
    ])('forgets one of day 20 at %s on day %i, and says so', (a, fallsOn) => {
      const days = burstOn(day => day === 20);
      for (const day of daysFrom(21, fallsOn)) {
        const { value, fades, faded, rule } = chosenOn(days, day, a);
        expect(value).toBeGreaterThan(2);
        expect(day - 14 + fades.day).toBe(20);
        expect(day + fades.afterDays).toBe(fallsOn);
        expect(rule.days).toBe(14);
        expect(faded).toBeUndefined();
      }
      for (const day of daysFrom(fallsOn, 40)) {
        expect(chosenOn(days, day, a).value).toBeLessThan(0.4);
      }
    });

    it.each(['dev', 'standard'] as const)(
      'names what it forgot at %s',
      appetite => {
        const choice = chosenOn(
          burstOn(day => day === 20),
          29,
          appetite,
        );
        expect(choice.rule.days).toBe(13);
        expect(choice.faded).toEqual({ day: 5, value: 2 });
      },
    );

    it.each([
      ['dev' as const, 4],
      ['standard' as const, 6],
      ['critical' as const, 7],
    ])(
      'keeps the level of weekdays over a weekend at %s, and gives it up on quiet day %i',
      (appetite, fallsAfter) => {
        // Weekdays at 1, weekends at 0.1; the last weekday is day 18, a Friday.
        const days = daysOf(40, day => (day < 19 && day % 7 < 5 ? 1 : 0.1));
        for (let day = 14; day < 19 + fallsAfter - 1; day++) {
          expect(chosenOn(days, day, appetite).value).toBeGreaterThan(1);
        }
        const { value } = chosenOn(days, 19 + fallsAfter - 1, appetite);
        expect(value).toBeLessThan(0.2);
      },
    );

    it.each(APPETITES)('follows what was switched off at %s', appetite => {
      const days = daysOf(40, day => (day < 20 ? 1 : 0.01));
      expect(chosenOn(days, 21, appetite).value).toBeGreaterThan(1);
      for (let day = 22; day < 33; day++) {
        expect(chosenOn(days, day, appetite).value).toBeLessThan(0.02);
      }
    });
  });

  it('gives a container without usage no request', () => {
    expect(
      chooseRequest(
        daysOf(8, () => 0),
        { appetite: 'critical' },
      )!.value,
    ).toBe(0);
  });

  describe('with a rule in force', () => {
    const days = daysOf(14, () => 1);
    const best = chooseRequest(days, { appetite: 'standard' })!.rule;

    it('keeps it when another is hardly better', () => {
      const neighbour =
        RULE_MARGINS[RULE_MARGINS.indexOf(best.margin as 1.1) - 1] ??
        RULE_MARGINS[1];
      const kept = chooseRequest(days, {
        appetite: 'standard',
        previous: { quantile: best.quantile, margin: neighbour },
      })!;
      expect(neighbour).not.toBe(best.margin);
      expect(kept.rule.margin).toBe(neighbour);
    });

    it('gives it up when another is clearly better', () => {
      const changed = chooseRequest(days, {
        appetite: 'dev',
        previous: { quantile: 1, margin: 1.3 },
      })!;
      expect(changed.rule.margin).toBe(1.02);
    });

    it('passes over a rule it no longer knows', () => {
      const fresh = chooseRequest(days, {
        appetite: 'standard',
        previous: { quantile: 0.5, margin: 7 },
      })!;
      expect(fresh.rule).toEqual(best);
    });
  });
});
