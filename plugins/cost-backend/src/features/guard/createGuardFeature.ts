import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { BudgetEvaluator } from '../budgets/BudgetEvaluator';
import { Budgets } from '../budgets/Budgets';
import { Exchange } from '../budgets/Exchange';
import { ClusterPrices } from '../estimates/ClusterPrices';
import { BudgetLeft } from './BudgetLeft';
import { Guard } from './Guard';
import { GuardOverrides } from './GuardOverrides';
import { createGuardRouter } from './guardRouter';

/** What a change costs before it is made, and whether it may be made. */
export function createGuardFeature(core: CostCore): Feature {
  const evaluator = BudgetEvaluator.create({
    ...core,
    configured: new Set(core.clusters.map(({ name }) => name)),
  });
  const budgetLeft = BudgetLeft.create({
    ...core,
    budgets: Budgets.create({ ...core, evaluator }),
    exchange: Exchange.create(core),
  });
  return {
    routes: createGuardRouter({
      httpAuth: core.httpAuth,
      guard: Guard.create({
        ...core,
        prices: ClusterPrices.create(core),
        budgetLeft,
      }),
      overrides: GuardOverrides.create(core),
    }),
  };
}
