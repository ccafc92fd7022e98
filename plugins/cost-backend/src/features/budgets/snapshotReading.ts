import { BudgetCosts } from '../../database/budgets/BudgetCostStore';
import { ScopedStores } from '../../database/ScopedStores';
import { BudgetReading } from './BudgetEvaluator';

/**
 * Where an evaluation for a page reads.
 *
 * @param at - in a snapshot
 */
export function snapshotReading(
  at: ScopedStores,
  costs: BudgetCosts,
  systems: ReadonlyMap<string, string[]>,
): BudgetReading {
  return {
    costs,
    coverage: (from, to) => at.ask(at.reports.coverage(from, to)),
    systems,
  };
}
