import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { KubernetesReader } from '../client/KubernetesReader';
import {
  KubernetesAccess,
  kubernetesAccessServiceRef,
} from '../KubernetesAccess';
import { ClusterCache, ClusterCaches } from './ClusterCache';
import { FollowedCluster } from './FollowedCluster';
import { InventoryLimits } from './judgeInventory';

/**
 * Caches that begin to follow a cluster when it is first asked for.
 *
 * `signal`: ends all watches
 * @public
 */
export function createClusterCaches({
  access,
  signal,
  log,
  limits,
}: {
  access: KubernetesAccess;
  signal: AbortSignal;
  /** Called with a sentence when what is known of a cluster fails for long. */
  log?: (sentence: string) => void;
  limits?: InventoryLimits;
}): ClusterCaches {
  const caches = new Map<string, ClusterCache>();
  return {
    of(cluster) {
      const cache = caches.get(cluster);
      if (cache) {
        return cache;
      }
      const reader = KubernetesReader.of(access, cluster);
      if (!reader) {
        return undefined;
      }
      const made = FollowedCluster.create({
        cluster,
        reader,
        signal,
        log,
        limits,
      });
      caches.set(cluster, made);
      return made;
    },
  };
}

/**
 * One set of caches for all back ends of a portal, which follow clusters until the
 * process ends.
 *
 * @public
 */
export const clusterCachesServiceRef = createServiceRef<ClusterCaches>({
  id: 'headroom.cluster-caches',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        access: kubernetesAccessServiceRef,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.rootLogger,
      },
      factory({ access, lifecycle, logger }) {
        const stopping = new AbortController();
        lifecycle.addShutdownHook(() =>
          stopping.abort(new Error('The back end is being stopped')),
        );
        return createClusterCaches({
          access,
          signal: stopping.signal,
          log: sentence => logger.warn(sentence),
        });
      },
    }),
});
