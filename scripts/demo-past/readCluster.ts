import {
  ClusterSnapshot,
  createClusterCaches,
  KubernetesAccess,
} from '@headroom/plugin-clusters-node';

/** All of one cluster that schedules look at, read anew. */
export async function readCluster(
  access: KubernetesAccess,
  cluster: string,
): Promise<ClusterSnapshot> {
  const reading = new AbortController();
  try {
    const cache = createClusterCaches({ access, signal: reading.signal }).of(
      cluster,
    );
    if (!cache) {
      throw new Error(`Nothing says how to reach the cluster ${cluster}.`);
    }
    await cache.ready({ signal: reading.signal });
    const snapshot = cache.snapshot();
    if (!snapshot.trust.trustworthy) {
      throw new Error(
        `The cluster ${cluster} can't be trusted: ${snapshot.trust.doubts
          .map(({ message }) => message)
          .join(' ')}`,
      );
    }
    return snapshot;
  } finally {
    reading.abort(new Error('It was read.'));
  }
}
