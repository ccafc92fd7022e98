import { BudgetRow, describeBudgetScope } from '@headroom/plugin-cost-common';
import { entityName, toMicros } from '@headroom/react';

/** How a budget stands, the worst that is true. */
export type BudgetState =
  | 'over'
  | 'forecast'
  | 'near'
  | 'ok'
  | 'unknown'
  | 'pending'
  | 'overruled';

/** How a budget stands in a word. */
export function budgetState(row: BudgetRow): BudgetState {
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
  const micros = toMicros(amount);
  return micros > 0n && micros > toMicros(limit);
}

/** What a budget is called: its title, else what it is for. */
export function budgetName({ budget }: Pick<BudgetRow, 'budget'>): string {
  const { title, scope } = budget;
  if (title !== undefined) {
    return title;
  }
  return 'entityRef' in scope
    ? entityName(scope.entityRef)
    : describeBudgetScope(scope);
}

/** The budget that a page shows unless another is chosen: one for the entity itself that counts. */
export function mainBudget(
  rows: readonly BudgetRow[],
  entityRef: string | undefined,
): BudgetRow | undefined {
  const counting = rows.filter(row => row.overruledBy === undefined);
  const own = counting.filter(
    ({ budget: { scope } }) =>
      'entityRef' in scope && scope.entityRef === entityRef,
  );
  return (
    own.find(({ budget }) => budget.period.type === 'month') ??
    own[0] ??
    counting[0] ??
    rows[0]
  );
}
