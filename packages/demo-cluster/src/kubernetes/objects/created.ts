import { CreatedObject } from '../../world/creations/CreatedObjects';
import { scalerTarget } from '../../world/creations/scalers';
import { hashText } from '../../world/random';
import { WorkloadSpec } from '../../world/types';
import { isMap, JsonMap } from '../fields/json';
import { Inventory } from '../ObjectStore';
import { apiVersionOf, RESOURCES } from '../resources';
import { KubeObject } from '../types';
import { autoscalerStatus } from './autoscalers';
import { budgetStatus, createdBudgets } from './budgets';
import { ObjectContext } from './context';
import { createdScaledObject, createdKedaAutoscaler } from './keda';
import { quotaUsed } from './namespaces';
import { recommendationStatus } from './verticalAutoscalers';

const WORKLOADS = ['Deployment', 'StatefulSet', 'CronJob'];

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** Puts what somebody made among the objects of a cluster: as it was written, with what its controllers say of it. */
export function addCreated(context: ObjectContext, inventory: Inventory): void {
  for (const made of context.created) {
    const resource = RESOURCES.find(
      each =>
        each.kind === made.kind &&
        apiVersionOf(each) === made.manifest.apiVersion,
    );
    if (resource) {
      const kind = `${apiVersionOf(resource)}/${resource.plural}`;
      const before = inventory.get(kind) ?? [];
      const name = `${made.namespace ?? ''}/${made.name}`;
      const computed = before.find(each => keyOf(each) === name);
      inventory.set(kind, [
        ...before.filter(each => each !== computed),
        createdObject(context, made, computed),
      ]);
    }
  }
  const byKeda = context.created.flatMap(made =>
    made.kind === 'ScaledObject'
      ? createdKedaAutoscaler(context, made, scaledBy(context, made)) ?? []
      : [],
  );
  if (byKeda.length > 0) {
    const kind = 'autoscaling/v2/horizontalpodautoscalers';
    inventory.set(kind, [...(inventory.get(kind) ?? []), ...byKeda]);
  }
}

/** The workload that an autoscaler scales. */
function scaledBy(
  context: ObjectContext,
  made: CreatedObject,
): WorkloadSpec | undefined {
  const target = scalerTarget(made);
  return context.state.workloads.find(
    spec =>
      target !== undefined &&
      spec.namespace === made.namespace &&
      spec.kind === target.kind &&
      spec.name === target.name,
  );
}

/** As it was written, with the names and times that the API server gives it. */
function createdObject(
  context: ObjectContext,
  made: CreatedObject,
  computed: KubeObject | undefined,
): KubeObject {
  const { apiVersion, metadata, ...body } = made.manifest;
  const { labels, annotations, finalizers, ownerReferences } = metadata;
  const kept = defined({ labels, annotations, finalizers, ownerReferences });
  const object: KubeObject = {
    apiVersion,
    kind: made.kind,
    metadata: {
      ...context.meta(made.kind, made.namespace, made.name, {
        bornAt: made.createdAt,
        ...(body.spec !== undefined && { generation: made.generation }),
      }),
      ...kept,
    },
    ...body,
  };
  return withControllers(context, made, object, computed);
}

function defined(map: JsonMap): JsonMap {
  return Object.fromEntries(
    Object.entries(map).filter(([, value]) => value !== undefined),
  );
}

/** What the API server adds where nothing is said, and what controllers write into it. */
function withControllers(
  context: ObjectContext,
  made: CreatedObject,
  object: KubeObject,
  computed: KubeObject | undefined,
): KubeObject {
  const spec: JsonMap = isMap(object.spec) ? object.spec : {};
  if (WORKLOADS.includes(made.kind)) {
    return computed ? asRun(made, object, spec, computed) : object;
  }
  switch (made.kind) {
    case 'Namespace':
      return {
        ...object,
        metadata: {
          ...object.metadata,
          labels: {
            ...object.metadata.labels,
            'kubernetes.io/metadata.name': made.name,
          },
        },
        spec: { finalizers: ['kubernetes'], ...spec },
        status: { phase: 'Active' },
      };
    case 'Service':
      return asService(object, spec);
    case 'HorizontalPodAutoscaler':
      return {
        ...object,
        spec: { minReplicas: 1, ...spec },
        status: autoscalerStatus(context, scaledBy(context, made), made),
      };
    case 'ScaledObject':
      return createdScaledObject(context, object, scaledBy(context, made));
    case 'VerticalPodAutoscaler':
      return {
        ...object,
        status: recommendationStatus(context, made),
      };
    case 'PodDisruptionBudget': {
      const budget = createdBudgets(context).find(each => each.made === made);
      return budget
        ? { ...object, status: budgetStatus(context, budget, made) }
        : object;
    }
    case 'ResourceQuota': {
      const hard = isMap(spec.hard) ? spec.hard : {};
      const used = quotaUsed(context, made.namespace ?? '');
      return {
        ...object,
        status: {
          hard,
          used: Object.fromEntries(
            Object.keys(hard).map(name => [name, used[name] ?? '0']),
          ),
        },
      };
    }
    case 'PersistentVolumeClaim':
      return computed
        ? {
            ...object,
            spec: { ...(isMap(computed.spec) ? computed.spec : {}), ...spec },
            status: computed.status,
          }
        : object;
    case 'Ingress':
      return { ...object, status: { loadBalancer: {} } };
    default:
      return object;
  }
}

function asRun(
  made: CreatedObject,
  object: KubeObject,
  spec: JsonMap,
  computed: KubeObject,
): KubeObject {
  const defaults = isMap(computed.spec) ? computed.spec : {};
  const revision = 'deployment.kubernetes.io/revision';
  const has = computed.metadata.annotations?.[revision];
  const scale = made.kind !== 'CronJob' && { replicas: defaults.replicas };
  return {
    ...object,
    metadata: {
      ...object.metadata,
      ...(has && {
        annotations: { ...object.metadata.annotations, [revision]: has },
      }),
    },
    spec: { ...defaults, ...spec, ...scale },
    status: {
      ...(isMap(computed.status) ? computed.status : {}),
      ...(made.kind !== 'CronJob' && { observedGeneration: made.generation }),
    },
  };
}

function asService(object: KubeObject, spec: JsonMap): KubeObject {
  const { namespace = '', name } = object.metadata;
  const hash = hashText(`${namespace}/${name}`);
  const address = `172.20.${hash % 250}.${1 + ((hash >>> 8) % 250)}`;
  const clusterIP = spec.clusterIP ?? address;
  const ports = Array.isArray(spec.ports) ? (spec.ports as JsonMap[]) : [];
  return {
    ...object,
    spec: {
      type: 'ClusterIP',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ...spec,
      clusterIP,
      clusterIPs: [clusterIP],
      ports: ports.map(port => ({
        protocol: 'TCP',
        targetPort: port.port,
        ...port,
      })),
    },
    status: { loadBalancer: {} },
  };
}
