import { DefaultSchedulerService } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import Router from 'express-promise-router';

/**
 * Backstage's scheduler, whose routes are for services only: as it comes, every
 * user may list, trigger and cancel the tasks of every plugin, whatever the
 * permission policy says (backstage/backstage#30049).
 */
export const scheduler = createServiceFactory({
  service: coreServices.scheduler,
  deps: {
    database: coreServices.database,
    httpAuth: coreServices.httpAuth,
    httpRouter: coreServices.httpRouter,
    logger: coreServices.logger,
    metrics: metricsServiceRef,
    pluginMetadata: coreServices.pluginMetadata,
    rootLifecycle: coreServices.rootLifecycle,
  },
  factory: ({ httpAuth, ...deps }) => {
    const guard = Router();
    guard.use('/.backstage/scheduler', async (req, _res, next) => {
      await httpAuth.credentials(req, { allow: ['service'] });
      next();
    });
    deps.httpRouter.use(guard);
    return DefaultSchedulerService.create(deps);
  },
});
