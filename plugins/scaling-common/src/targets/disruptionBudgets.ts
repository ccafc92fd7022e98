import { MatchingBudget } from './ScalingTarget';

/**
 * The budget that forbids a workload to be at zero: one that wants a pod or more
 * available, or none unavailable. A percentage of pods wants nothing of no pods,
 * but for `0%` unavailable, by which its owner says that none may go.
 *
 * @public
 */
export function budgetAgainstZero(
  budgets: readonly MatchingBudget[],
): MatchingBudget | undefined {
  return budgets.find(
    budget => leastAvailable(budget) >= 1 || allowsNoneToGo(budget),
  );
}

/** The most that budgets want available, of those that give a number. @public */
export function leastAvailableOf(budgets: readonly MatchingBudget[]): number {
  return Math.max(0, ...budgets.map(leastAvailable));
}

function leastAvailable({ minAvailable }: MatchingBudget): number {
  const count = Number(minAvailable);
  return Number.isFinite(count) ? count : 0;
}

function allowsNoneToGo({ maxUnavailable }: MatchingBudget): boolean {
  return (
    maxUnavailable === 0 || maxUnavailable === '0' || maxUnavailable === '0%'
  );
}
