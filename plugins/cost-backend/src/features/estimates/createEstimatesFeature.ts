import { whatIf } from '../../actions/whatIf';
import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { createBudgetLeft } from '../budgets/createBudgetLeft';
import { ClusterPrices } from './ClusterPrices';
import { Estimates } from './Estimates';
import { createEstimatesRouter } from './estimatesRouter';
import { Running } from './Running';

/** What will be paid for what is not there yet, and for what was not measured yet. */
export function createEstimatesFeature(core: CostCore): Feature {
  const options = { ...core, prices: ClusterPrices.create(core) };
  const estimates = Estimates.create({
    ...options,
    budgetLeft: createBudgetLeft(core),
  });
  const running = Running.create(options);
  return {
    routes: createEstimatesRouter({
      httpAuth: core.httpAuth,
      estimates,
      running,
    }),
    actions: [whatIf({ estimates, running })],
  };
}
