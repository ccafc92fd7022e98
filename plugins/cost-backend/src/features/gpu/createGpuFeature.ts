import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { createGpuRouter } from './gpuRouter';
import { GpuReports } from './GpuReports';

/** How GPUs are used, by whom, and what of them is unused. */
export function createGpuFeature(core: CostCore): Feature {
  const { authorizer, calendar, clusters, config } = core;
  return {
    routes: createGpuRouter({
      httpAuth: core.httpAuth,
      gpus: GpuReports.create({
        knex: core.database.pages,
        authorizer,
        clusters,
        config,
        calendar,
      }),
      config,
      currencies: core.currencies,
      now: core.now,
    }),
  };
}
