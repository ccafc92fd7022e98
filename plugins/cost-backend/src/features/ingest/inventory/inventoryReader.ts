import {
  KubernetesAccess,
  readInventory,
} from '@headroom/plugin-clusters-node';
import { ReadClusterInventory } from './InventorySync';

/** Reads clusters through their Kubernetes API. */
export function inventoryReader(
  access: KubernetesAccess,
): ReadClusterInventory {
  return (cluster, signal) => {
    const kubeConfig = access.kubeConfigFor(cluster);
    return (
      kubeConfig &&
      readInventory(kubeConfig, {
        signal,
        timeoutMs: access.timeoutMsFor(cluster),
      })
    );
  };
}
