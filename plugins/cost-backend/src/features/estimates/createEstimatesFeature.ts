import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { ClusterPrices } from './ClusterPrices';
import { Estimates } from './Estimates';
import { createEstimatesRouter } from './estimatesRouter';
import { Running } from './Running';

/** What will be paid for what is not there yet, and for what was not measured yet. */
export function createEstimatesFeature(core: CostCore): Feature {
  const options = { ...core, prices: ClusterPrices.create(core) };
  return {
    routes: createEstimatesRouter({
      httpAuth: core.httpAuth,
      estimates: Estimates.create(options),
      running: Running.create(options),
    }),
  };
}
