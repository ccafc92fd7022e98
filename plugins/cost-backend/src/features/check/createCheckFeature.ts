import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { ClusterChecker } from './ClusterChecker';
import { ClusterChecks } from './ClusterChecks';
import { createCheckRouter } from './checkRouter';

/** Whether figures of a cluster will be right. Needs no database. */
export function createCheckFeature(
  core: CostCore,
): Required<Pick<Feature, 'routes'>> {
  return {
    routes: createCheckRouter({
      httpAuth: core.httpAuth,
      checks: ClusterChecks.create({
        ...core,
        checker: ClusterChecker.create(core),
      }),
    }),
  };
}
