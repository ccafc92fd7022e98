import { ClusterInventories } from '@headroom/plugin-clusters-node';
import { ReadClusterInventory } from './InventorySync';

/** A copy may be of a reading this old that another back end asked for. */
const MAX_AGE_MS = 60_000;

/** Reads clusters through their Kubernetes API, together with other back ends of the portal. */
export function inventoryReader(
  inventories: ClusterInventories,
): ReadClusterInventory {
  return (cluster, signal) =>
    inventories.read(cluster, { signal, maxAgeMs: MAX_AGE_MS });
}
