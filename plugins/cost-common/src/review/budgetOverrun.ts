import { addDays, Micros } from '@headroom/common';
import { ReviewBudget } from './reviewFacts';

/**
 * How far a budget is, or is forecast to be, beyond its limit: 0.1 = 10 %, infinite
 * beyond a limit of nothing; undefined = it isn't.
 *
 * @public
 */
export function budgetOverrun(
  budget: Pick<ReviewBudget, 'limit' | 'spent' | 'forecast'>,
): number | undefined {
  const over = budgetOver(budget);
  const limit = BigInt(budget.limit);
  if (over <= 0n) {
    return undefined;
  }
  return limit > 0n ? Number(over) / Number(limit) : Infinity;
}

/**
 * The same in micros; negative = what is left.
 *
 * @public
 */
export function budgetOver(
  budget: Pick<ReviewBudget, 'limit' | 'spent' | 'forecast'>,
): bigint {
  const spent = BigInt(budget.spent);
  const forecast = BigInt(budget.forecast?.total ?? budget.spent);
  return (spent > forecast ? spent : forecast) - BigInt(budget.limit);
}

/**
 * How far what is spent is over the limit, and how far the budget is forecast to be when
 * it ends. Either is absent where it isn't; so is a forecast that has no more to add.
 *
 * @public
 */
export interface BudgetOver {
  spent?: Micros;
  forecast?: Micros;
  /** The budget's last day, which the forecast is for. */
  lastDay: string;
}

/** @public */
export function budgetOverOf(
  budget: Pick<ReviewBudget, 'limit' | 'spent' | 'forecast' | 'end'>,
): BudgetOver {
  const { limit, spent, forecast } = budget;
  const now = BigInt(spent) - BigInt(limit);
  const atEnd = budgetOver(budget);
  return {
    ...(now > 0n && { spent: now.toString() }),
    ...(forecast &&
      atEnd > 0n &&
      atEnd > now && { forecast: atEnd.toString() }),
    lastDay: addDays(budget.end, -1),
  };
}
