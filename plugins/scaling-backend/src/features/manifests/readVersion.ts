import { Said } from '@headroom/common';
import {
  ClusterVersions,
  KubernetesApiError,
} from '@headroom/plugin-clusters-node';
import { sayManifest } from '@headroom/plugin-scaling-common';

/**
 * The version of Kubernetes that a cluster runs, or why it isn't known; neither
 * where nothing says how to reach the cluster, which is said of its objects.
 */
export async function readVersion(
  versions: ClusterVersions,
  cluster: string,
  signal: AbortSignal,
): Promise<{ known: string } | { said: Said } | {}> {
  try {
    const known = await versions.of(cluster, { signal });
    return known === undefined ? {} : { known };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KubernetesApiError)) {
      throw error;
    }
    const { failure } = error;
    return { said: sayManifest('versionUnread', { cluster, failure }) };
  }
}
