import { addDays, DaySpan, daysBetween } from '@headroom/common';
import { BudgetDefinition } from './budgetDefinition';
import { budgetPeriodBefore, budgetPeriodOf } from './budgetPeriod';
import {
  BudgetEvaluation,
  BudgetFacts,
  evaluatePeriod,
} from './evaluateBudget';

/** Providers correct bills, and hours come in late, for some two months. */
const OPEN_DAYS = 62;

/**
 * The period before today's, while what it cost may still be corrected.
 *
 * @returns undefined afterwards, and when the budget counts only since.
 * @public
 */
export function closedPeriodOf(
  { period, since }: Pick<BudgetDefinition, 'period' | 'since'>,
  today: string,
): DaySpan | undefined {
  const before = budgetPeriodBefore(period, budgetPeriodOf(period, today));
  const isOpen = daysBetween(before.end, today) < OPEN_DAYS;
  return isOpen && (since === undefined || since < before.end)
    ? before
    : undefined;
}

/**
 * How the period before today's ended, as far as is known by now: thresholds on what was
 * spent are reached or not, those on a forecast can't be said any more.
 *
 * @returns undefined when it is not looked at, see {@link closedPeriodOf}.
 * @public
 */
export function evaluateClosedPeriod(
  facts: BudgetFacts,
): BudgetEvaluation | undefined {
  const closed = closedPeriodOf(facts.budget, facts.today);
  return (
    closed &&
    evaluatePeriod({ ...facts, today: addDays(closed.end, -1) }, () => ({
      status: 'not-yet',
      reason: 'The period is over.',
    }))
  );
}
