import { EntitySync, Fence } from '@headroom/node';
import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import {
  CLAIMING_ANNOTATIONS,
  createEntityMirror,
} from '../../database/entityMirror';
import { InventoryStore } from '../../database/InventoryStore';
import { IngestService } from './IngestService';
import { InventorySync } from './inventory/InventorySync';
import { inventoryReader } from './inventory/inventoryReader';

/** Reads clusters and the catalog, allocates what clusters cost and links it to services. */
export function createIngestFeature(core: CostCore): Feature {
  const { clusters, config, logger } = core;
  const knex = core.database.work;
  const inventory = InventorySync.create({
    clusters: clusters.map(({ name }) => name),
    read: inventoryReader(core.inventories),
    store: InventoryStore.create({ knex }),
    logger,
  });
  const fence = Fence.create({ prefix: 'cost', task: 'cost-ingest' });
  const ingest = IngestService.create({
    knex,
    fence,
    clusters,
    sources: core.sources,
    config,
    logger,
    beforeFirst: (cluster, signal) => inventory.ensure(cluster, signal),
  });
  const entities = EntitySync.create({
    catalog: core.catalog,
    auth: core.auth,
    logger,
    mirror: createEntityMirror({ knex }),
    kinds: config.entities.kinds,
    annotations: CLAIMING_ANNOTATIONS,
    onChanged: signal => ingest.link(signal),
  });
  return {
    tasks: [
      {
        id: 'cost-entities',
        schedule: config.entities.schedule,
        run: ({ signal }) => entities.run(signal),
      },
      {
        id: 'cost-inventory',
        schedule: config.advice.inventory,
        run: async ({ signal }) => {
          if (await inventory.run(signal)) {
            await ingest.link(signal);
          }
        },
      },
      {
        id: fence.task,
        fence,
        schedule: config.ingest.schedule,
        run: ({ signal, enough }) => ingest.runOnce(signal, enough),
      },
    ],
  };
}
