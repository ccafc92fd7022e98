import { ClusterSource } from '../../core/ClusterSource';
import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { ChargeStore } from '../../database/ChargeStore';
import { MoneyStore } from '../../database/MoneyStore';
import { ReportStore } from '../../database/ReportStore';
import { SourcesStore } from '../../database/SourcesStore';
import { CostReports } from './CostReports';
import { createCostRouter } from './costRouter';

/** What services, teams and the fleet cost, as reports and as charges, and how far sources are. */
export function createCostFeature(core: CostCore): Feature {
  const { config, sources } = core;
  const knex = core.database.pages;
  return {
    routes: createCostRouter({
      ...core,
      reports: CostReports.create({
        ...core,
        store: ReportStore.create({ knex }),
        money: MoneyStore.create({ knex }),
      }),
      charges: ChargeStore.create({ knex }),
      sources: SourcesStore.create({ knex }),
      clusters: core.clusters.map(cluster => ({
        cluster,
        sourceId: ClusterSource.find(cluster, sources, config)?.id,
      })),
    }),
  };
}
