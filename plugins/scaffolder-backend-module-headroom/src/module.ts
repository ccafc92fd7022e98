import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { scaffolderTemplatingExtensionPoint } from '@backstage/plugin-scaffolder-node/alpha';
import { CostClient } from '@headroom/plugin-cost-common';
import { ScalingClient } from '@headroom/plugin-scaling-common';
import { SchemaJudge } from '@headroom/plugin-scaling-node';
import { createEstimateAction } from './actions/estimate';
import { createPolicyAction } from './actions/policy';
import { createRenderAction } from './actions/render';
import { createValidateAction } from './actions/validate';
import { FILTERS } from './filters/filters';

/**
 * The actions `headroom:…` and the filters over quantities and cron for templates.
 *
 * @public
 */
export const scaffolderModuleHeadroom = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'headroom',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        templating: scaffolderTemplatingExtensionPoint,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        config: coreServices.rootConfig,
      },
      async init({ actions, templating, auth, discovery, config }) {
        const now = Date.now;
        const names = config
          .getOptionalConfigArray('headroom.clusters')
          ?.map(each => each.getString('name'));
        const known = () => ({
          nowMs: now(),
          ...(names && names.length > 0 && { clusters: names }),
        });
        const folder = config.getOptionalString('headroom.manifests.schemas');
        const schemas = folder === undefined ? undefined : once(folder);
        const found = { discoveryApi: discovery };
        actions.addActions(
          createRenderAction({ known }),
          createValidateAction({ schemas }),
          createEstimateAction({
            known,
            auth,
            cost: CostClient.create(found),
          }),
          createPolicyAction({
            now,
            auth,
            scaling: ScalingClient.create(found),
          }),
        );
        templating.addTemplateFilters(FILTERS);
      },
    });
  },
});

/** Read when it is first asked for; a folder that can't be read is tried again. */
function once(folder: string): () => Promise<SchemaJudge> {
  let reading: Promise<SchemaJudge> | undefined;
  return () => {
    reading ??= SchemaJudge.read(folder).catch(error => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
}
