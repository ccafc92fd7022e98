import { HOUR_MS } from '@headroom/common';
import { KubernetesReader } from './client/KubernetesReader';
import { KubernetesAccess } from './KubernetesAccess';
import { SharedReading } from './SharedReading';

/**
 * The versions of Kubernetes that clusters run.
 *
 * @public
 */
export interface ClusterVersions {
  /**
   * E.g. `v1.36.1`, read once an hour for all who ask. Undefined when nothing says
   * how to reach the cluster.
   *
   * @throws as {@link KubernetesReader.version} does; a failure is not kept.
   */
  of(
    clusterName: string,
    options: { signal: AbortSignal },
  ): Promise<string> | undefined;
}

/** @public */
export function createClusterVersions({
  access,
  now = Date.now,
}: {
  access: KubernetesAccess;
  /** Milliseconds; default: the system's clock. */
  now?: () => number;
}): ClusterVersions {
  const readings = new Map<string, SharedReading<string>>();
  return {
    of(clusterName, { signal }) {
      const reader = KubernetesReader.of(access, clusterName);
      if (!reader) {
        return undefined;
      }
      const reading =
        readings.get(clusterName) ??
        SharedReading.create({
          read: until => reader.version({ signal: until }),
          keepMs: HOUR_MS,
          now,
        });
      readings.set(clusterName, reading);
      return reading.get({ signal, maxAgeMs: HOUR_MS });
    },
  };
}
