import { calendarDayOf, daysBetween, decimalToMicros } from '@headroom/common';
import {
  BudgetDefinition,
  budgetPeriodOf,
  budgetScopeKey,
  RuleDayShare,
} from '@headroom/plugin-cost-common';

/**
 * What budgets leave of a day, by the key of what they are for: the amount over the days
 * of the period that is now, whatever was carried over. Where there are several, the
 * least. Budgets of a bill have no hours, and those of nothing say by themselves that
 * something is spent. Of capacity that was given to nobody only a cluster's hours have
 * any, so what shares it and is for anything else is not compared.
 *
 * @param zone - of budgets without one of their own
 * @param convert - an amount of a currency in the stored one, at a day's rate
 */
export function dayShares(
  budgets: readonly BudgetDefinition[],
  now: Date,
  zone: string,
  convert: (micros: bigint, currency: string, day: string) => bigint,
): Map<string, RuleDayShare> {
  const shares = new Map<string, RuleDayShare>();
  for (const { scope, period, amount, currency, cost } of budgets) {
    const micros = decimalToMicros(amount);
    if (cost.basis !== 'allocated' || micros === 0n) {
      continue;
    }
    const withIdle = cost.idle === 'shared';
    if (withIdle && scope.type !== 'cluster') {
      continue;
    }
    const today = calendarDayOf(now, period.zone ?? zone);
    const { start, end } = budgetPeriodOf(period, today);
    const dayMicros =
      convert(micros, currency, today) / BigInt(daysBetween(start, end));
    const key = budgetScopeKey(scope);
    const known = shares.get(key);
    if (known === undefined || dayMicros < known.micros) {
      shares.set(key, { micros: dayMicros, withIdle });
    }
  }
  return shares;
}
