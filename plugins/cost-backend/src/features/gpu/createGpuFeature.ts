import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { createGpuRouter } from './gpuRouter';
import { GpuReports } from './GpuReports';

/** How GPUs are used, by whom, and what of them is unused. */
export function createGpuFeature(core: CostCore): Feature {
  const { config } = core;
  return {
    routes: createGpuRouter({
      httpAuth: core.httpAuth,
      gpus: GpuReports.create(core),
      config,
      currencies: core.currencies,
      now: core.now,
    }),
  };
}
