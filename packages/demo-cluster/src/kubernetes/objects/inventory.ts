import { Inventory } from '../ObjectStore';
import { autoscalers } from './autoscalers';
import { ObjectContext, ObjectsByKind } from './context';
import { events } from './events';
import { jobs } from './jobs';
import { keda } from './keda';
import { namespaces } from './namespaces';
import { nodes } from './nodes';
import { pods } from './pods';
import { services } from './services';
import { storage } from './storage';
import { verticalAutoscalers } from './verticalAutoscalers';
import { workloads } from './workloads';

/** Every object of a cluster at a moment, of the kinds that are kept. */
export function inventoryOf(context: ObjectContext): Inventory {
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
