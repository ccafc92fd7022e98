import { ClusterConfig } from '@headroom/plugin-clusters-node';

/** Names of the clusters that are simulations. */
export function simulatedClusters(clusters: ClusterConfig[]): Set<string> {
  return new Set(clusters.filter(({ demo }) => demo).map(({ name }) => name));
}
