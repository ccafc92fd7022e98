import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import {
  KubernetesAccess,
  kubernetesAccessServiceRef,
} from './KubernetesAccess';
import { ReadInventory, readInventory } from './readInventory';
import { SharedReading } from './SharedReading';

/** @public */
export interface ReadClusterInventoryOptions {
  /** Ends the wait; reading goes on while another back end waits for it. */
  signal: AbortSignal;
  /**
   * Milliseconds since its reading began beyond which an inventory is read anew;
   * 0 = one that begins now, as after a change. Nothing is kept for more than
   * five minutes.
   */
  maxAgeMs: number;
}

/**
 * What clusters run, read once for all back ends of a portal.
 *
 * @public
 */
export interface ClusterInventories {
  /**
   * Undefined when nothing says how to reach the cluster. What it gives is shared:
   * it must not be changed.
   *
   * @throws as {@link readInventory} does; a failure is not kept.
   */
  read(
    clusterName: string,
    options: ReadClusterInventoryOptions,
  ): Promise<ReadInventory> | undefined;
}

/** How long an inventory is kept; one of 10,000 pods takes some 20 MB. */
const KEEP_MS = 5 * 60_000;

/**
 * Inventories that share readings: all who ask for a cluster at the same time
 * wait for one listing.
 *
 * @public
 */
export function createClusterInventories({
  access,
  now = Date.now,
}: {
  access: KubernetesAccess;
  /** Milliseconds; default: the system's clock. */
  now?: () => number;
}): ClusterInventories {
  const readings = new Map<string, SharedReading<ReadInventory>>();
  return {
    read(clusterName, options) {
      const kubeConfig = access.kubeConfigFor(clusterName);
      if (!kubeConfig) {
        return undefined;
      }
      let reading = readings.get(clusterName);
      if (!reading) {
        reading = SharedReading.create({
          read: signal =>
            readInventory(kubeConfig, {
              signal,
              timeoutMs: access.timeoutMsFor(clusterName),
            }),
          keepMs: KEEP_MS,
          now,
        });
        readings.set(clusterName, reading);
      }
      return reading.get(options);
    },
  };
}

/** @public */
export const clusterInventoriesServiceRef =
  createServiceRef<ClusterInventories>({
    id: 'headroom.cluster-inventories',
    scope: 'root',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: { access: kubernetesAccessServiceRef },
        factory: createClusterInventories,
      }),
  });
