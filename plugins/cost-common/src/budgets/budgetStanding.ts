import { BudgetRow, BudgetStatus } from './budgetReports';
import { describeBudgetScope } from './budgetScope';

/**
 * How a budget can stand, the worst first: `over` = more is spent than it allows,
 * `forecast` = more will be, `near` = a threshold is reached, `unknown` = it can't be
 * evaluated, `pending` = it was not evaluated yet, `ok` = none of these, `overruled` =
 * another one for the same counts.
 *
 * @public
 */
export const BUDGET_STATES = [
  'over',
  'forecast',
  'near',
  'unknown',
  'pending',
  'ok',
  'overruled',
] as const;

/** @public */
export type BudgetState = (typeof BUDGET_STATES)[number];

/** How a budget stands in a word: the worst that is true. @public */
export function budgetState(
  row: Pick<BudgetRow, 'status' | 'problem' | 'overruledBy'>,
): BudgetState {
  const { status, problem, overruledBy } = row;
  if (overruledBy !== undefined) {
    return 'overruled';
  }
  if (!status) {
    return problem === undefined ? 'pending' : 'unknown';
  }
  const { limit, spent, projection, thresholds } = status;
  if (status.breachedOn !== undefined || isAbove(spent, limit)) {
    return 'over';
  }
  if (projection.status === 'ok' && isAbove(projection.total, limit)) {
    return 'forecast';
  }
  return thresholds.some(({ isReached }) => isReached) ? 'near' : 'ok';
}

/** Nothing spent is not above anything, not even a limit of nothing. */
function isAbove(amount: string, limit: string): boolean {
  const micros = BigInt(amount);
  return micros > 0n && micros > BigInt(limit);
}

/** What a budget is called: its title, else the name of what it is for. @public */
export function budgetName({ budget }: Pick<BudgetRow, 'budget'>): string {
  const { title, scope } = budget;
  if (title !== undefined) {
    return title;
  }
  return 'entityRef' in scope
    ? scope.entityRef.slice(scope.entityRef.lastIndexOf('/') + 1)
    : describeBudgetScope(scope);
}

/** What is spent of a budget, 1 = all of it; Infinity = anything of a budget of nothing. @public */
export function budgetShareSpent(
  status: Pick<BudgetStatus, 'spent' | 'limit'>,
): number {
  return share(status.spent, status.limit);
}

/** What is forecast to be spent of a budget by its end, as {@link budgetShareSpent}; undefined = it can't be said. @public */
export function budgetShareForecast({
  projection,
  limit,
}: Pick<BudgetStatus, 'projection' | 'limit'>): number | undefined {
  return projection.status === 'ok'
    ? share(projection.total, limit)
    : undefined;
}

function share(amount: string, limit: string): number {
  const whole = Number(limit);
  const part = Number(amount);
  if (whole > 0) {
    return part / whole;
  }
  return part > 0 ? Infinity : 0;
}
