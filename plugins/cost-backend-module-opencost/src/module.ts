import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { clustersServiceRef } from '@headroom/plugin-clusters-node';
import { costSourcesExtensionPoint } from '@headroom/plugin-cost-node';
import { openCostSection } from './openCostSection';
import { OpenCostSource } from './OpenCostSource';
import { readCurrency } from './readCurrency';

/**
 * Lets clusters with an `opencost` endpoint take their costs from there.
 *
 * @public
 */
export const costModuleOpenCost = createBackendModule({
  pluginId: 'cost',
  moduleId: 'opencost',
  register({ registerInit }) {
    registerInit({
      deps: {
        clusters: clustersServiceRef,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        sources: costSourcesExtensionPoint,
      },
      async init({ clusters, config, logger, sources }) {
        clusters.register(openCostSection);
        const currency = readCurrency(config);
        sources.addAllocationSource(
          OpenCostSource.create({ logger, currency }),
        );
      },
    });
  },
});
