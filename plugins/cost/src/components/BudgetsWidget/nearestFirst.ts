import { BudgetRow } from '@headroom/plugin-cost-common';
import { shareOf, toMicros } from '@headroom/react';

/**
 * Budgets that count, the one that is nearest to its end or furthest beyond it first;
 * those of which nothing is known yet come last. Currencies don't matter: shares are
 * compared, not amounts.
 */
export function nearestFirst(rows: readonly BudgetRow[]): BudgetRow[] {
  return rows
    .filter(row => row.overruledBy === undefined)
    .map(row => ({ row, spent: shareSpent(row), ahead: shareForecast(row) }))
    .sort((a, b) => compare(a.spent, b.spent) || compare(a.ahead, b.ahead))
    .map(({ row }) => row);
}

/**
 * Budgets of some groups and users: those set on them, and those of what they own,
 * which they are told about.
 *
 * @param owners - full entity refs
 */
export function budgetsOf(
  rows: readonly BudgetRow[],
  owners: readonly string[],
): BudgetRow[] {
  const mine = new Set(owners.map(ref => ref.toLocaleLowerCase('en-US')));
  const isMine = (ref: string) => mine.has(ref.toLocaleLowerCase('en-US'));
  return rows.filter(
    ({ budget: { scope }, notified }) =>
      ('entityRef' in scope && isMine(scope.entityRef)) ||
      notified.some(isMine),
  );
}

/** What is spent of the budget, 1 = all of it; undefined where nothing is known. */
export function shareSpent({ status }: BudgetRow): number | undefined {
  return status && share(status.spent, status.limit);
}

function shareForecast({ status }: BudgetRow): number | undefined {
  return status?.projection.status === 'ok'
    ? share(status.projection.total, status.limit)
    : undefined;
}

/** Any spend of a budget of nothing is more than all of it. */
function share(amount: string, limit: string): number {
  const whole = toMicros(limit);
  const part = toMicros(amount);
  if (whole > 0n) {
    return shareOf(part, whole);
  }
  return part > 0n ? Infinity : 0;
}

function compare(a: number | undefined, b: number | undefined): number {
  if (a === b) {
    return 0;
  }
  return a === undefined || (b !== undefined && b > a) ? 1 : -1;
}
