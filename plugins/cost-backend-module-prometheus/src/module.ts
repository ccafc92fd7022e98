import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { costSourcesExtensionPoint } from '@headroom/plugin-cost-node';
import { PrometheusUsageSource } from './PrometheusUsageSource';
import { PrometheusServiceLevelSource } from './levels/PrometheusServiceLevelSource';
import { PrometheusUnitMetricSource } from './units/PrometheusUnitMetricSource';

/**
 * Usage, business metrics and service levels of clusters that have `prometheus` under
 * `headroom.clusters`.
 *
 * @public
 */
export const costModulePrometheus = createBackendModule({
  pluginId: 'cost',
  moduleId: 'prometheus',
  register(reg) {
    reg.registerInit({
      deps: {
        logger: coreServices.logger,
        sources: costSourcesExtensionPoint,
      },
      async init({ logger, sources }) {
        sources.addUsageSource(PrometheusUsageSource.create({ logger }));
        sources.addUnitMetricSource(
          PrometheusUnitMetricSource.create({ logger }),
        );
        sources.addServiceLevelSource(
          PrometheusServiceLevelSource.create({ logger }),
        );
      },
    });
  },
});
