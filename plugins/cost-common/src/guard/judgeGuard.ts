import {
  decimalToMicros,
  divideHalfEven,
  Rational,
  rationalOfNumber,
  Said,
} from '@headroom/common';
import { formatGuardLimit, formatGuardMoney } from './formatGuardMoney';
import { GuardCosts, MicrosRange } from './GuardCosts';
import { GuardPolicy } from './guardPolicy';
import { GuardBudget, GuardRuleResult, GuardVerdict } from './GuardReport';
import { wordGuard } from './guardSentences';
import { increaseShareOf } from './increaseShare';

/**
 * What is known of the budget that a change falls under: a budget, why it isn't
 * known, or that whose it is has none.
 *
 * @public
 */
export type KnownBudget =
  | { budget: GuardBudget }
  | { unknown: Said }
  | { none: string };

/** What an increase a month is at least and at most; absent = not known. */
interface Bounds {
  low?: bigint;
  high?: bigint;
}

/**
 * What a policy says of what a change costs. A rule is broken when the least that the
 * increase may be breaks it, held when the most that it may be doesn't, and else not
 * decided. The verdict is never less severe for a greater increase.
 *
 * @public
 */
export function judgeGuard(
  costs: GuardCosts,
  policy: GuardPolicy,
  known: KnownBudget,
): { verdict: GuardVerdict; rules: GuardRuleResult[] } {
  const bounds = boundsOf(costs, policy);
  const rules = (['deny', 'warn'] as const).flatMap(tier => {
    const { increase, percent, budget } = policy[tier];
    return [
      ...(increase === undefined
        ? []
        : [{ tier, ...judgeIncrease(bounds, increase, costs) }]),
      ...(percent === undefined
        ? []
        : [{ tier, ...judgePercent(bounds, percent, costs, policy) }]),
      ...(budget ? [{ tier, ...judgeBudget(bounds, known, costs) }] : []),
    ];
  });
  return { verdict: verdictOf(rules, bounds), rules };
}

/** Also where no rule asks, a change that may cost any amount is not fine. */
function verdictOf(
  rules: readonly GuardRuleResult[],
  { high }: Bounds,
): GuardVerdict {
  const broken = rules.filter(({ state }) => state === 'broken');
  if (broken.some(({ tier }) => tier === 'deny')) {
    return 'deny';
  }
  if (broken.length > 0) {
    return 'warn';
  }
  return high === undefined || rules.some(({ state }) => state === 'undecided')
    ? 'unknown'
    : 'ok';
}

function edgeOf({ judge }: GuardPolicy): keyof MicrosRange {
  return judge === 'fewest' ? 'min' : 'max';
}

function boundsOf(costs: GuardCosts, policy: GuardPolicy): Bounds {
  const { difference, differenceOpen, after, afterOpen } = costs;
  const edge = edgeOf(policy);
  if (!difference) {
    // Nothing can have been paid before but 0 or more.
    return afterOpen ? {} : { high: after[edge] };
  }
  return {
    ...(!differenceOpen.below && { low: difference[edge] }),
    ...(!differenceOpen.above && { high: difference[edge] }),
  };
}

type Judged = Omit<GuardRuleResult, 'tier'>;

/** Whether `increase × by.numerator / by.denominator` is above a limit, as far as is known. */
function stateOf({ low, high }: Bounds, isBroken: (of: bigint) => boolean) {
  if (low !== undefined && isBroken(low)) {
    return 'broken';
  }
  return high !== undefined && !isBroken(high) ? 'held' : 'undecided';
}

function judgeIncrease(
  bounds: Bounds,
  decimal: string,
  { currency }: GuardCosts,
): Judged {
  const most = decimalToMicros(decimal);
  const state = stateOf(bounds, increase => increase > most);
  const limit = formatGuardLimit(most, currency);
  const shown = bounds.low ?? bounds.high ?? 0n;
  const increase = formatGuardMoney(shown, currency);
  const said = {
    held: () => wordGuard('increaseHeld', { increase, limit }),
    broken: () => wordGuard('increaseBroken', { increase, limit }),
    undecided: () => wordGuard('increaseUndecided', { limit }),
  }[state]();
  return { rule: 'increase', state, said };
}

function judgePercent(
  bounds: Bounds,
  limit: number,
  { before, beforeOpen, difference, rows }: GuardCosts,
  policy: GuardPolicy,
): Judged {
  const rule = 'percent';
  if (!before) {
    const said = wordGuard('percentUnknown', { limit });
    return { rule, state: 'skipped', said };
  }
  const edge = edgeOf(policy);
  const { paid: base, more } = difference
    ? increaseShareOf(rows, edge)
    : { paid: before[edge], more: undefined };
  if (base <= 0n && !beforeOpen) {
    return {
      rule,
      state: 'skipped',
      said: wordGuard('percentZero', { limit }),
    };
  }
  const most: Rational = rationalOfNumber(limit);
  const known: Bounds = {
    ...(bounds.low !== undefined && { low: more ?? bounds.low }),
    ...(bounds.high !== undefined && { high: more ?? bounds.high }),
  };
  const ofKnown = stateOf(
    known,
    increase => increase * 100n * most.denominator > most.numerator * base,
  );
  // What was paid may be more, and so much less may be the percent.
  const state = beforeOpen && ofKnown === 'broken' ? 'undecided' : ofKnown;
  const percent = () => formatPercent(known.low ?? known.high ?? 0n, base);
  const said = {
    held: () =>
      beforeOpen
        ? wordGuard('percentHeldOpen', { limit })
        : wordGuard('percentHeld', { percent: percent(), limit }),
    broken: () => wordGuard('percentBroken', { percent: percent(), limit }),
    undecided: () => wordGuard('percentUndecided', { limit }),
  }[state]();
  return { rule, state, said };
}

/** To the tenth. */
function formatPercent(increase: bigint, base: bigint): string {
  return (Number(divideHalfEven(increase * 1000n, base)) / 10).toString();
}

function judgeBudget(
  bounds: Bounds,
  known: KnownBudget,
  { currency }: GuardCosts,
): Judged {
  const rule = 'budget';
  if ('none' in known) {
    const said = wordGuard('budgetNone', { owner: known.none });
    return { rule, state: 'skipped', said };
  }
  if ('unknown' in known) {
    const why = known.unknown.message;
    const said = wordGuard('budgetUnknown', { why });
    return { rule, state: 'undecided', said };
  }
  const { title: budget, left, months, atMost } = known.budget;
  const period: Rational = rationalOfNumber(months);
  // What does not cost more takes nothing of it.
  const isBroken = (increase: bigint) =>
    increase > 0n &&
    increase * period.numerator > BigInt(left) * period.denominator;
  const ofKnown = stateOf(bounds, isBroken);
  // What costs no more is held, however little is left.
  const isHeld = !atMost || (bounds.high !== undefined && bounds.high <= 0n);
  const state = ofKnown === 'held' && !isHeld ? 'undecided' : ofKnown;
  const room = formatGuardMoney(BigInt(left), currency);
  const shown = divideHalfEven(
    (bounds.low ?? bounds.high ?? 0n) * period.numerator,
    period.denominator,
  );
  const increase = formatGuardMoney(shown, currency);
  const said = {
    held: () => wordGuard('budgetHeld', { budget, room }),
    broken: () => wordGuard('budgetBroken', { budget, room, increase }),
    undecided: () => wordGuard('budgetUndecided', { budget, room }),
  }[state]();
  return { rule, state, said };
}
