import fc from 'fast-check';
import { bookOf, costsOf, policyOf, web } from './__testUtils__/guard';
import { compareManifestCosts } from './compareManifestCosts';
import { GUARD_VERDICTS, GuardBudget } from './GuardReport';
import { guardOutage, guardReportOf } from './guardReportOf';
import { judgeGuard, KnownBudget } from './judgeGuard';

const USD = 1_000_000n;
const NOT_ASKED: KnownBudget = { unknown: { message: 'no portal was asked.' } };
const budgetOf = (
  left: bigint,
  months = 1,
  atMost = false,
): { budget: GuardBudget } => ({
  budget: {
    id: 'b',
    title: 'Shop',
    start: '2026-11-01',
    end: '2026-12-01',
    limit: String(100n * USD),
    spent: '0',
    left: String(left),
    months,
    atMost,
  },
});

function verdict(
  costs: Parameters<typeof judgeGuard>[0],
  policy: Parameters<typeof policyOf>[0],
  budget: KnownBudget = NOT_ASKED,
) {
  return judgeGuard(costs, policyOf(policy), budget).verdict;
}

const TIERS = { warn: { increase: '10' }, deny: { increase: '50' } };

describe('judgeGuard', () => {
  it.each([
    [10n * USD, 'ok'],
    [10n * USD + 1n, 'warn'],
    [50n * USD, 'warn'],
    [50n * USD + 1n, 'deny'],
    [-100n * USD, 'ok'],
  ])('of an increase of %s is %s', (increase, expected) => {
    expect(verdict(costsOf(200n * USD, 200n * USD + increase), TIERS)).toBe(
      expected,
    );
  });

  it('says of less than a cent no more than that, and the limit as it is', () => {
    const policy = policyOf({ deny: { increase: '0.004' } });
    const { rules } = judgeGuard(costsOf(0n, 9_000n), policy, NOT_ASKED);
    expect(rules.map(({ said }) => said.message)).toEqual([
      'The increase of < USD 0.01 a month is above USD 0.004000.',
    ]);
  });

  it('denies by what is known, and does not call fine what is not', () => {
    const open = { differenceOpen: { above: true, below: false } };
    const of = (increase: bigint) =>
      verdict(costsOf(0n, increase, open), TIERS);
    expect([of(60n * USD), of(20n * USD), of(0n)]).toEqual([
      'deny',
      'warn',
      'unknown',
    ]);
    expect(verdict(costsOf(0n, 0n, open), {})).toBe('unknown');
  });

  it('denies nothing for an increase that may be less than it seems', () => {
    const open = { differenceOpen: { above: false, below: true } };
    expect(verdict(costsOf(0n, 60n * USD, open), TIERS)).toBe('unknown');
    expect(verdict(costsOf(0n, 9n * USD, open), TIERS)).toBe('ok');
  });

  it('knows without a before that the increase is at most what is paid after', () => {
    expect(verdict(costsOf(undefined, 9n * USD), TIERS)).toBe('ok');
    expect(verdict(costsOf(undefined, 60n * USD), TIERS)).toBe('unknown');
  });

  it.each([
    ['the baseline is 0', costsOf(0n, 5n * USD), /nothing was paid before/],
    ['there is no baseline', costsOf(undefined, 5n * USD), /is not known/],
  ])('skips the rule of percent where %s', (_, costs, why) => {
    const policy = policyOf({ warn: { percent: 10 }, deny: { percent: 20 } });
    const { verdict: found, rules } = judgeGuard(costs, policy, NOT_ASKED);
    expect(found).toBe('ok');
    expect(rules.map(({ state }) => state)).toEqual(['skipped', 'skipped']);
    expect(rules[0].said.message).toMatch(why);
  });

  it.each([
    [
      'held',
      costsOf(100n * USD, 110n * USD),
      'ok',
      /at most 10 % of what is known/,
    ],
    ['held', costsOf(0n, 0n), 'ok', /at most 10 % of what is known/],
    ['undecided', costsOf(100n * USD, 111n * USD), 'unknown', /not known/],
    ['undecided', costsOf(0n, 5n * USD), 'unknown', /not known/],
  ])(
    'has a rule of percent %s where more may have been paid before (%#)',
    (state, costs, expected, why) => {
      const policy = policyOf({ deny: { percent: 10 } });
      const open = { ...costs, beforeOpen: true };
      const { verdict: found, rules } = judgeGuard(open, policy, NOT_ASKED);
      expect([found, rules[0].state]).toEqual([expected, state]);
      expect(rules[0].said.message).toMatch(why);
    },
  );

  it('judges percent of what is paid before', () => {
    const policy = { warn: { percent: 10 }, deny: { percent: 12.5 } };
    const of = (after: bigint) => verdict(costsOf(80n * USD, after), policy);
    expect([
      of(88n * USD),
      of(88n * USD + 1n),
      of(90n * USD),
      of(91n * USD),
    ]).toEqual(['ok', 'warn', 'warn', 'deny']);
  });

  it('judges what is left of the budget over its whole period', () => {
    const policy = { deny: { budget: true } };
    const costs = costsOf(0n, 10n * USD);
    expect(verdict(costs, policy, budgetOf(10n * USD))).toBe('ok');
    expect(verdict(costs, policy, budgetOf(10n * USD - 1n))).toBe('deny');
    expect(verdict(costs, policy, budgetOf(29n * USD, 3))).toBe('deny');
    expect(verdict(costs, policy, budgetOf(30n * USD, 3))).toBe('ok');
    // It is overspent, and the change makes that no worse.
    expect(verdict(costsOf(5n, 5n), policy, budgetOf(-USD))).toBe('ok');
  });

  it('does not call fine what a budget may have no room for', () => {
    const policy = { deny: { budget: true } };
    const of = (increase: bigint) =>
      verdict(costsOf(0n, increase), policy, budgetOf(10n * USD, 1, true));
    expect([of(0n), of(USD), of(11n * USD)]).toEqual(['ok', 'unknown', 'deny']);
  });

  it('tells a budget that is not known from none', () => {
    const policy = { deny: { budget: true } };
    const costs = costsOf(0n, 10n * USD);
    expect(verdict(costs, policy)).toBe('unknown');
    expect(verdict(costs, policy, { none: 'group:default/shop' })).toBe('ok');
  });

  it('judges the end of the range that it is told to', () => {
    const costs = costsOf(0n, 0n, {
      difference: { min: 0n, max: 60n * USD },
    });
    expect(verdict(costs, { ...TIERS, judge: 'fewest' })).toBe('ok');
    expect(verdict(costs, TIERS)).toBe('deny');
  });
});

describe('judgeGuard where an autoscaler goes', () => {
  const scaler = { kind: 'HorizontalPodAutoscaler', name: 'web' };
  // USD 328.50 more with the fewest replicas, USD 182.50 with the most.
  const costs = compareManifestCosts({
    before: [web({ min: 2, max: 10, scaler })],
    after: [web({ min: 20, max: 20 })],
    prices: bookOf(),
  });

  it.each([
    [{ increase: '300' }, 'deny', 'ok'],
    [{ increase: '328.5' }, 'ok', 'ok'],
    [{ increase: '182.49' }, 'deny', 'deny'],
    [{ percent: 899 }, 'deny', 'ok'],
    [{ percent: 900 }, 'ok', 'ok'],
    [{ percent: 99 }, 'deny', 'deny'],
  ])('judges %j by the most and the least', (deny, most, fewest) => {
    expect(verdict(costs, { deny })).toBe(most);
    expect(verdict(costs, { deny, judge: 'fewest' })).toBe(fewest);
  });

  it('judges what is left of the budget by the most and the least', () => {
    const of = (judge: 'most' | 'fewest') =>
      verdict(costs, { deny: { budget: true }, judge }, budgetOf(300n * USD));
    expect([of('most'), of('fewest')]).toEqual(['deny', 'ok']);
  });
});

describe('judgeGuard, always', () => {
  it('is never less severe for a greater increase', () => {
    const amount = fc.bigInt({ min: -200n * USD, max: 200n * USD });
    const limit = fc.option(fc.nat({ max: 150 }), { nil: undefined });
    const tier = fc
      .record({ increase: limit, percent: limit, budget: fc.boolean() })
      .map(({ increase, percent, budget }) => ({
        ...(increase !== undefined && { increase: String(increase) }),
        ...(percent !== undefined && { percent }),
        budget,
      }));
    const known = fc.oneof(
      fc.constant(NOT_ASKED),
      fc.constant<KnownBudget>({ none: 'group:default/shop' }),
      fc
        .tuple(amount, fc.boolean())
        .map(([left, atMost]) => budgetOf(left, 1, atMost)),
    );
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 100n * USD }),
        amount,
        fc.bigInt({ min: 0n, max: 100n * USD }),
        fc.record({ above: fc.boolean(), below: fc.boolean() }),
        fc.boolean(),
        tier,
        tier,
        known,
        (
          before,
          increase,
          more,
          differenceOpen,
          beforeOpen,
          warn,
          deny,
          budget,
        ) => {
          const of = (by: bigint) =>
            GUARD_VERDICTS.indexOf(
              verdict(
                costsOf(before, before + by, { differenceOpen, beforeOpen }),
                { warn, deny },
                budget,
              ),
            );
          expect(of(increase + more)).toBeGreaterThanOrEqual(of(increase));
        },
      ),
    );
  });
});

describe('guardReportOf', () => {
  it('begins a comment for what may save much', () => {
    const scaler = { kind: 'HorizontalPodAutoscaler', name: 'web' };
    const saving = compareManifestCosts({
      before: [web({ min: 2, max: 10, scaler })],
      after: [web()],
      prices: bookOf(),
    });
    const due = (judge: 'most' | 'fewest') =>
      guardReportOf(saving, {
        policy: policyOf({ judge, commentFrom: '5' }),
        budget: NOT_ASKED,
        now: '2026-12-01T00:00:00Z',
      }).commentDue;
    expect([due('most'), due('fewest')]).toEqual([true, false]);
  });

  const costs = costsOf(0n, 60n * USD);
  const override = {
    person: 'user:default/ada',
    reason: 'The sale begins on Friday.',
    until: '2026-12-05T00:00:00Z',
  };
  const of = (now: string, by = override) =>
    guardReportOf(costs, {
      policy: policyOf(TIERS),
      budget: NOT_ASKED,
      override: by,
      now,
    });

  it('lets an override turn deny into warn until it ends', () => {
    expect(of('2026-12-04T23:59:59Z')).toMatchObject({
      verdict: 'warn',
      overridden: 'deny',
      override: { counts: true },
    });
    const over = of('2026-12-05T00:00:00Z');
    expect(over).toMatchObject({
      verdict: 'deny',
      override: { counts: false },
    });
    expect(over.overridden).toBeUndefined();
    expect(over.override?.said.message).toContain('counts no more');
  });

  it('warns of an outage, whatever the policy', () => {
    const report = guardOutage(
      'manifests',
      policyOf({ deny: { increase: '0' } }),
      'the portal did not answer.',
    );
    expect(report).toMatchObject({ verdict: 'warn', commentDue: true });
    expect(report.difference).toBeUndefined();
  });

  it.each([
    [costsOf(0n, 4n * USD), false],
    [costsOf(0n, 5n * USD), true],
    [costsOf(10n * USD, 5n * USD), true],
    [costsOf(5n * USD, 5n * USD), false],
    [costsOf(0n, 11n * USD), true],
  ])('begins a comment only for what is not small (%#)', (of5, due) => {
    const report = guardReportOf(of5, {
      policy: policyOf({ warn: { increase: '10' }, commentFrom: '5' }),
      budget: NOT_ASKED,
      now: '2026-12-01T00:00:00Z',
    });
    expect(report.commentDue).toBe(due);
  });
});
