import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { Allocations } from './Allocations';
import { createOpenCostRouter } from './openCostRouter';

/** Answers what tools ask an OpenCost. */
export function createOpenCostFeature(core: CostCore): Feature {
  return {
    routes: createOpenCostRouter({
      httpAuth: core.httpAuth,
      allocations: Allocations.create(core),
    }),
  };
}
