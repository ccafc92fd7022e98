import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { createBudgetLeft } from '../budgets/createBudgetLeft';
import { ClusterPrices } from '../estimates/ClusterPrices';
import { Guard } from './Guard';
import { GuardOverrides } from './GuardOverrides';
import { createGuardRouter } from './guardRouter';

/** What a change costs before it is made, and whether it may be made. */
export function createGuardFeature(core: CostCore): Feature {
  const budgetLeft = createBudgetLeft(core);
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
