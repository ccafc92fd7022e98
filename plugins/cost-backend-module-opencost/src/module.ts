import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { costSourcesExtensionPoint } from '@headroom/plugin-cost-node';
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
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        sources: costSourcesExtensionPoint,
      },
      async init({ config, logger, sources }) {
        const currency = readCurrency(config);
        sources.addAllocationSource(
          OpenCostSource.create({ logger, currency }),
        );
      },
    });
  },
});
