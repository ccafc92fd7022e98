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
