import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { Estimates } from './Estimates';
import { createEstimatesRouter } from './estimatesRouter';

/** What will be paid for what is not there yet. */
export function createEstimatesFeature(core: CostCore): Feature {
  return {
    routes: createEstimatesRouter({
      httpAuth: core.httpAuth,
      estimates: Estimates.create(core),
    }),
  };
}
