/**
 * The back end that `yarn bench serve` measures: the real catalog, permission,
 * auth, cost and scaling plugins in one process, as a portal runs them. Configured by
 * `--config`; the catalog is filled by a provider with as many services as
 * asked.
 */
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { serviceName, TEAMS } from './seedServices';
import { teamsPolicy } from './serve/teamsPolicy';

const LOCATION = {
  'backstage.io/managed-by-location': 'bench:services',
  'backstage.io/managed-by-origin-location': 'bench:services',
};

function toTeam(index: number) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: `team-${index}`, annotations: LOCATION },
    spec: { type: 'team', children: [] },
  };
}

function toService(index: number) {
  const name = serviceName(index);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: { ...LOCATION, 'backstage.io/kubernetes-id': name },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: `team-${index % TEAMS}`,
    },
  };
}

const benchServices = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'bench-services',
  register(reg) {
    reg.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ catalog, config }) {
        const services = config.getNumber('bench.services');
        catalog.addEntityProvider({
          getProviderName: () => 'bench-services',
          async connect(connection) {
            await connection.applyMutation({
              type: 'full',
              entities: [
                ...Array.from({ length: TEAMS }, (_, index) => toTeam(index)),
                ...Array.from({ length: services }, (_, index) =>
                  toService(index),
                ),
              ].map(entity => ({ locationKey: 'bench-services', entity })),
            });
          },
        });
      },
    });
  },
});

const backend = createBackend();
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(benchServices);
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(teamsPolicy);
backend.add(import('@headroom/plugin-cost-backend'));
backend.add(import('@headroom/plugin-cost-backend-module-demo'));
backend.add(import('@headroom/plugin-scaling-backend'));
backend.start();
