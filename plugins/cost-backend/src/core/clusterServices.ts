import {
  clusterInventoriesServiceRef,
  clustersServiceRef,
  kubernetesAccessServiceRef,
} from '@headroom/plugin-clusters-node';

/** How clusters are known and reached; shared with the other back ends of the portal. */
export const clusterServices = {
  clusters: clustersServiceRef,
  inventories: clusterInventoriesServiceRef,
  kubernetes: kubernetesAccessServiceRef,
};
