import {
  coreServices,
  createServiceFactory,
  RootHealthService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';
import { ReadinessChecks, readinessChecksRef } from '@headroom/node';

/**
 * Health as Backstage tells it, and not ready while something is missing that a
 * plugin needs: a load balancer sends requests elsewhere. Always alive, since
 * starting again does not bring a database back.
 */
export const rootHealth = createServiceFactory({
  service: coreServices.rootHealth,
  deps: { lifecycle: coreServices.rootLifecycle, checks: readinessChecksRef },
  factory: ({ lifecycle, checks }) => createRootHealth(lifecycle, checks),
});

function createRootHealth(
  lifecycle: RootLifecycleService,
  checks: ReadinessChecks,
): RootHealthService {
  let notUp: string | undefined = 'Backend has not started yet';
  lifecycle.addStartupHook(() => {
    notUp = undefined;
  });
  lifecycle.addBeforeShutdownHook(() => {
    notUp = 'Backend is shutting down';
  });
  return {
    getLiveness: async () => ({ status: 200, payload: { status: 'ok' } }),
    getReadiness: async () => {
      const missing = notUp ? [] : await checks.missing();
      const message =
        notUp ?? missing.map(name => `${name} does not answer`).join('; ');
      return message
        ? { status: 503, payload: { status: 'error', message } }
        : { status: 200, payload: { status: 'ok' } };
    },
  };
}
