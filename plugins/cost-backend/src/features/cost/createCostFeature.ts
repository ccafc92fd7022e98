import { costOf } from '../../actions/costOf';
import { sourceOf } from '../../core/clusterSources';
import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { CostReports } from './CostReports';
import { createCostRouter } from './costRouter';

/** What services, teams and the fleet cost, as reports and as charges, and how far sources are. */
export function createCostFeature(core: CostCore): Feature {
  const { sources } = core;
  const reports = CostReports.create(core);
  return {
    routes: createCostRouter({
      ...core,
      reports,
      clusters: core.clusters.map(cluster => ({
        cluster,
        sourceId: sourceOf(cluster, sources)?.id,
      })),
    }),
    actions: [costOf({ ...core, reports })],
  };
}
