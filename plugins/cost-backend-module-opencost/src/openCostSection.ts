import { ClusterSection } from '@headroom/plugin-clusters-node';

/** Where the OpenCost or Kubecost of a cluster is asked. */
export const openCostSection = ClusterSection.endpoint('opencost');
