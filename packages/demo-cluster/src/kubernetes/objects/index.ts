import { WorldCluster } from '../../world/WorldCluster';
import { Inventory } from '../ObjectStore';
import { KubeObject } from '../types';
import { autoscalers } from './autoscalers';
import { ObjectContext, ObjectsByKind } from './context';
import { events } from './events';
import { jobs } from './jobs';
import { keda } from './keda';
import { namespaces } from './namespaces';
import { nodeMetrics, podMetrics } from './metrics';
import { nodes } from './nodes';
import { pods } from './pods';
import { services } from './services';
import { storage } from './storage';
import { verticalAutoscalers } from './verticalAutoscalers';
import { workloads } from './workloads';

export { KUBERNETES_VERSION } from './nodes';

function contextAt(cluster: WorldCluster, at: Date): ObjectContext {
  return new ObjectContext(cluster, cluster.stateAt(at));
}

/** Every object of a cluster at a moment, of the kinds that are kept. */
export function inventoryAt(cluster: WorldCluster, at: Date): Inventory {
  const context = contextAt(cluster, at);
  const byKeda = keda(context);
  const objects: ObjectsByKind = {
    'v1/nodes': nodes(context),
    'v1/pods': pods(context),
    'v1/events': events(context),
    'v1/secrets': [],
    'autoscaling/v2/horizontalpodautoscalers': [
      ...autoscalers(context),
      ...byKeda.autoscalers,
    ],
    'autoscaling.k8s.io/v1/verticalpodautoscalers':
      verticalAutoscalers(context),
    'keda.sh/v1alpha1/scaledobjects': byKeda.scaledObjects,
    ...namespaces(context),
    ...services(context),
    ...storage(context),
    ...workloads(context),
    ...jobs(context),
  };
  return new Map(Object.entries(objects));
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
