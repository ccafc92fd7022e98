import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  createOpenApiRouter,
  mountRoutes,
  readinessChecksRef,
  ScheduledTurns,
} from '@headroom/node';
import { costSourcesExtensionPoint } from '@headroom/plugin-cost-node';
import { createCheckFeature } from './features/check/createCheckFeature';
import { clusterServices } from './core/clusterServices';
import { createCostCore } from './core/CostCore';
import { CostSources } from './core/CostSources';
import { createAdviceFeature } from './features/advice/createAdviceFeature';
import { createAlertsFeature } from './features/alerts/createAlertsFeature';
import { createAnomaliesFeature } from './features/anomalies/createAnomaliesFeature';
import { createBillFeature } from './features/bill/createBillFeature';
import { createBudgetsFeature } from './features/budgets/createBudgetsFeature';
import { createCostFeature } from './features/cost/createCostFeature';
import { createEstimatesFeature } from './features/estimates/createEstimatesFeature';
import { createGpuFeature } from './features/gpu/createGpuFeature';
import { createGuardFeature } from './features/guard/createGuardFeature';
import { createIngestFeature } from './features/ingest/createIngestFeature';
import { createOpenCostFeature } from './features/opencost/createOpenCostFeature';
import { createCompletionFeature } from './features/completion/createCompletionFeature';
import { createReviewFeature } from './features/review/createReviewFeature';
import { createRulesFeature } from './features/rules/createRulesFeature';
import { INFO, operations } from './openapi/operations';

/**
 * The cost back end: ingests usage and prices, allocates them, and serves what
 * every service costs.
 *
 * @public
 */
export const costPlugin = createBackendPlugin({
  pluginId: 'cost',
  register(env) {
    const sources = CostSources.create();
    env.registerExtensionPoint(costSourcesExtensionPoint, sources);
    env.registerInit({
      deps: {
        ...clusterServices,
        actions: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        readiness: readinessChecksRef,
        scheduler: coreServices.scheduler,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const core = await createCostCore(deps, sources);
        const features = [
          createIngestFeature(core),
          createAdviceFeature(core),
          createGpuFeature(core),
          createCostFeature(core),
          createEstimatesFeature(core),
          createGuardFeature(core),
          createBillFeature(core),
          createOpenCostFeature(core),
          createBudgetsFeature(core, deps),
          createAnomaliesFeature(core),
          createRulesFeature(core),
          createReviewFeature(core),
          createCompletionFeature(core),
          createAlertsFeature(core, deps),
        ];
        const turns = await ScheduledTurns.create({
          ...deps,
          knex: core.database.work,
          prefix: 'cost',
        });
        for (const task of features.flatMap(({ tasks = [] }) => tasks)) {
          await turns.schedule(task);
        }
        for (const register of features.flatMap(
          ({ actions = [] }) => actions,
        )) {
          register(deps.actions);
        }
        // Before the other routes, which need the database.
        deps.httpRouter.use(createOpenApiRouter(INFO, operations));
        deps.httpRouter.use(createCheckFeature(core).routes);
        deps.httpRouter.use(
          mountRoutes(
            core,
            features.flatMap(({ routes }) => routes ?? []),
          ),
        );
      },
    });
  },
});
