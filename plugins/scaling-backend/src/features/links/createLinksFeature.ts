import { EntitySync } from '@headroom/node';
import { CostClient } from '@headroom/plugin-cost-common';
import { Feature } from '../../core/Feature';
import { ScalingCore } from '../../core/ScalingCore';
import {
  createEntityMirror,
  POLICY_ANNOTATIONS,
} from '../../database/entityMirror';
import { LinkSync } from './LinkSync';

/** Which workload is which service's, and what the catalog says of services. */
export function createLinksFeature(core: ScalingCore): Feature {
  const { auth, catalog, config, discovery, linksState, logger, now } = core;
  const entities = EntitySync.create({
    catalog,
    auth,
    logger,
    mirror: createEntityMirror({ knex: core.database.work }),
    kinds: config.entities.kinds,
    annotations: POLICY_ANNOTATIONS,
    onChanged: async () => core.fleet.forget(),
  });
  const links = LinkSync.create({
    auth,
    costs: CostClient.create({ discoveryApi: discovery }),
    links: core.stores.links,
    state: linksState,
    logger,
    now,
    onChanged: () => core.fleet.forget(),
  });
  return {
    tasks: [
      {
        id: 'scaling-entities',
        schedule: config.entities.schedule,
        run: ({ signal }) => entities.run(signal),
      },
      {
        id: 'scaling-links',
        schedule: config.links.schedule,
        run: ({ signal }) => links.run(signal),
      },
    ],
  };
}
