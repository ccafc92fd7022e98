import { CostCore } from '../../core/CostCore';
import { BudgetCollection } from './BudgetCollection';
import { BudgetEvaluator } from './BudgetEvaluator';
import { BudgetLeft } from './BudgetLeft';
import { Budgets } from './Budgets';
import { Exchange } from './Exchange';

/** What is left of budgets, for what asks before something is created or changed. */
export function createBudgetLeft(core: CostCore): BudgetLeft {
  const evaluator = BudgetEvaluator.create({
    ...core,
    configured: new Set(core.clusters.map(({ name }) => name)),
  });
  return BudgetLeft.create({
    ...core,
    budgets: Budgets.create({
      ...core,
      evaluator,
      collection: BudgetCollection.create(core),
    }),
    exchange: Exchange.create(core),
  });
}
