import { replicaBounds } from '../../world/scaling';
import { WorldCluster } from '../../world/WorldCluster';
import { withValueAt } from '../fields/json';
import { Inventory } from '../ObjectStore';
import { managedFieldsOf } from '../ownership/managedFields';
import { trackingId, TRACKING_ANNOTATION } from '../ownership/owners';
import { apiVersionOf, ResourceDefinition, RESOURCES } from '../resources';
import { KubeObject } from '../types';
import { worldKindOf } from '../writes/changesOf';
import { budgets } from './budgets';
import { ObjectContext } from './context';
import { addCreated } from './created';
import { inventoryOf } from './inventory';
import { serviceAccounts } from './namespaces';

/** How long an autoscaler takes until it looks again: so long replicas stay that somebody else set. */
const HPA_SYNC_SECONDS = 15;
/** Its fields count its changes. */
const SCALED_OBJECT_FIELDS = ['minReplicas', 'maxReplicas'] as const;

/** Names of the workloads whose replicas an autoscaler sets: `Deployment/ns/name`. */
function scaledWorkloads({ state }: ObjectContext): Set<string> {
  return new Set(
    state.workloads
      .filter(spec => replicaBounds(spec) !== undefined)
      .map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`),
  );
}

/** Every object of a cluster at a moment as the API serves it: with who owns its fields, and what was written of it. */
export function servedAt(cluster: WorldCluster, at: Date): Inventory {
  const context = new ObjectContext(cluster, cluster.stateAt(at));
  const inventory = inventoryOf(context);
  inventory.set('policy/v1/poddisruptionbudgets', budgets(context));
  inventory.set('v1/serviceaccounts', serviceAccounts(context));
  for (const resource of RESOURCES.filter(({ computed }) => !computed)) {
    // Of some kinds there are none until somebody makes one.
    const key = `${apiVersionOf(resource)}/${resource.plural}`;
    inventory.set(key, inventory.get(key) ?? []);
  }
  addCreated(context, inventory);
  const scaled = scaledWorkloads(context);
  for (const resource of RESOURCES) {
    const key = `${apiVersionOf(resource)}/${resource.plural}`;
    const objects = inventory.get(key);
    if (objects && worldKindOf(resource)) {
      inventory.set(
        key,
        objects.map(object => served(context, resource, object, scaled)),
      );
    }
  }
  return inventory;
}

function served(
  context: ObjectContext,
  resource: ResourceDefinition,
  object: KubeObject,
  scaled: Set<string>,
): KubeObject {
  const { kind } = resource;
  const { namespace, name, uid } = object.metadata;
  const { cluster, state } = context;
  const done = cluster.doneTo({ kind, namespace, name, uid }, state.seconds);
  const isScaled = scaled.has(`${kind}/${namespace}/${name}`);
  let shown = object;
  const tracked = trackingId(resource.group, kind, namespace ?? '', name);
  const made = cluster.createdAt({ kind, namespace, name }, state.seconds);
  if (tracked && isOwned(kind) && !made) {
    const path = ['metadata', 'annotations', TRACKING_ANNOTATION];
    const was = shown.metadata.annotations?.[TRACKING_ANNOTATION];
    const gone = done.some(
      ({ patch }) => patch.annotations?.[TRACKING_ANNOTATION] === null,
    );
    if (was === undefined && !gone) {
      shown = withValueAt(shown, path, tracked) as unknown as KubeObject;
    }
  }
  if (isScaled) {
    shown = withWrittenReplicas(shown, done, state.seconds);
  }
  const managedFields = managedFieldsOf({
    object: shown,
    resource,
    scaled: isScaled,
    made: made !== undefined,
    done,
    timeOf: seconds => context.time(seconds),
  });
  const finalizers = done.findLast(({ patch }) => patch.finalizers)?.patch
    .finalizers;
  const deleting = done.find(({ patch }) => patch.deleting);
  const generation =
    kind === 'ScaledObject' && !made
      ? 1 +
        done.filter(({ patch }) =>
          SCALED_OBJECT_FIELDS.some(field => patch[field] !== undefined),
        ).length
      : shown.metadata.generation;
  return {
    ...shown,
    metadata: {
      ...shown.metadata,
      ...(generation !== undefined && { generation }),
      ...(finalizers && { finalizers }),
      ...(deleting && {
        deletionTimestamp: context.time(deleting.seconds),
        deletionGracePeriodSeconds: 0,
      }),
      ...(managedFields.length > 0 && { managedFields }),
    },
  };
}

function isOwned(kind: string): boolean {
  return !['Pod', 'Node', 'Namespace', 'PersistentVolumeClaim'].includes(kind);
}

/** Replicas that were written stand until the autoscaler looks again. */
function withWrittenReplicas(
  object: KubeObject,
  done: ReturnType<WorldCluster['doneTo']>,
  seconds: number,
): KubeObject {
  const last = done.findLast(({ patch }) => patch.replicas !== undefined);
  return last && seconds < last.seconds + HPA_SYNC_SECONDS
    ? (withValueAt(
        object,
        ['spec', 'replicas'],
        last.patch.replicas,
      ) as unknown as KubeObject)
    : object;
}
