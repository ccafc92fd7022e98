import { WorldCluster } from '../../world/WorldCluster';
import { Inventory } from '../ObjectStore';
import { KubeObject } from '../types';
import { ObjectContext } from './context';
import { inventoryOf } from './inventory';
import { nodeMetrics, podMetrics } from './metrics';

export { KUBERNETES_VERSION } from './nodes';

function contextAt(cluster: WorldCluster, at: Date): ObjectContext {
  return new ObjectContext(cluster, cluster.stateAt(at));
}

/** Every object of a cluster at a moment, of the kinds that are kept, as its controllers have it. */
export function inventoryAt(cluster: WorldCluster, at: Date): Inventory {
  return inventoryOf(contextAt(cluster, at));
}

/** Objects of the kinds that are computed when asked. */
export function computedAt(
  cluster: WorldCluster,
  at: Date,
  plural: string,
): KubeObject[] {
  const context = contextAt(cluster, at);
  return plural === 'nodes' ? nodeMetrics(context) : podMetrics(context);
}
