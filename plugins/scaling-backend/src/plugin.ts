import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  createOpenApiRouter,
  mountRoutes,
  readJsonBody,
  readinessChecksRef,
  ScheduledTurns,
} from '@headroom/node';
import {
  clusterCachesServiceRef,
  clustersServiceRef,
  kubernetesAccessServiceRef,
} from '@headroom/plugin-clusters-node';
import { ScmIntegrations } from '@backstage/integration';
import { RepositoryActuator } from '@headroom/plugin-scaling-node';
import { createScalingCore } from './core/ScalingCore';
import { PREFIX } from './database/openDatabase';
import { createLinksFeature } from './features/links/createLinksFeature';
import { createNoticesFeature } from './features/notices/createNoticesFeature';
import { createManifestsFeature } from './features/manifests/createManifestsFeature';
import { createPagesFeature } from './features/createPagesFeature';
import { createRightsizingFeature } from './features/rightsizing/createRightsizingFeature';
import { RIGHTSIZING } from './features/rightsizing/Rightsizing';
import { createSavingsFeature } from './features/savings/createSavingsFeature';
import { createStartUpsFeature } from './features/startUps/createStartUpsFeature';
import { createSchedulesFeature } from './features/schedules/createSchedulesFeature';
import { INFO, operations } from './openapi/operations';

/** The largest is a policy with all its windows. */
const BODY = {
  kilobytes: 256,
  example: '{"reason": "Migrates next week"}',
};

/**
 * The scaling back end: schedules that scale and advice that is applied, with plans,
 * guards, approvals and a ledger.
 *
 * @public
 */
export const scalingPlugin = createBackendPlugin({
  pluginId: 'scaling',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        caches: clusterCachesServiceRef,
        catalog: catalogServiceRef,
        clusters: clustersServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        kubernetes: kubernetesAccessServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        readiness: readinessChecksRef,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
      },
      async init(deps) {
        const repositories = RepositoryActuator.create({
          integrations: ScmIntegrations.fromConfig(deps.config),
        });
        const core = await createScalingCore({
          ...deps,
          actuators: [repositories],
        });
        const rightsizing = createRightsizingFeature(core, {
          ...deps,
          repositories,
        });
        const { rounds } = createSchedulesFeature(core, {
          ...deps,
          verifiers: [[RIGHTSIZING, rightsizing.verifier]],
        });
        const savings = createSavingsFeature(core);
        const onChanged = () => {
          core.notices.changed();
          rounds.soon();
        };
        const features = [
          createLinksFeature(core),
          createNoticesFeature(core),
          createStartUpsFeature(core),
          rightsizing,
          savings,
          createManifestsFeature(core, rightsizing),
          createPagesFeature(core, { ...savings, onChanged }),
        ];
        const turns = await ScheduledTurns.create({
          ...deps,
          knex: core.database.work,
          prefix: PREFIX,
        });
        for (const task of features.flatMap(({ tasks = [] }) => tasks)) {
          await turns.schedule(task);
        }
        // Before the other routes, which need the database.
        deps.httpRouter.use(createOpenApiRouter(INFO, operations));
        deps.httpRouter.use(readJsonBody(BODY));
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
