import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { clustersServiceRef } from '@headroom/plugin-clusters-node';
import { costSourcesExtensionPoint } from '@headroom/plugin-cost-node';
import { DemoBillSource } from './DemoBillSource';
import { demoSection } from './demoSection';
import {
  DemoPriceSource,
  DemoServiceLevelSource,
  DemoUnitMetricSource,
  DemoUsageSource,
} from './sources';
import { TelemetryClient } from './TelemetryClient';

/**
 * Adds the demo cluster as a source of usage, prices, unit metrics, service levels and bills, for the
 * clusters with a `demo` endpoint under `headroom.clusters`.
 *
 * @public
 */
export const costModuleDemo = createBackendModule({
  pluginId: 'cost',
  moduleId: 'demo',
  register(reg) {
    reg.registerInit({
      deps: {
        clusters: clustersServiceRef,
        sources: costSourcesExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ clusters, sources, logger }) {
        clusters.register(demoSection);
        const client = TelemetryClient.create({ logger });
        sources.addUsageSource(DemoUsageSource.create(client));
        sources.addPriceSource(DemoPriceSource.create(client));
        sources.addUnitMetricSource(DemoUnitMetricSource.create(client));
        sources.addServiceLevelSource(DemoServiceLevelSource.create(client));
        sources.addBillSource(
          DemoBillSource.create({ client, clusters: () => clusters.list() }),
        );
      },
    });
  },
});
