import {
  CachedAutoscaler,
  CachedBudget,
  CachedObject,
  CachedScaledObject,
  CachedValue,
  CachedWorkload,
  CLUSTER_KIND_NAMES,
  ClusterObjects,
  ClusterSnapshot,
} from '@headroom/plugin-clusters-node';

type Some = {
  [kind in keyof ClusterObjects]?: Array<CachedObject<ClusterObjects[kind]>>;
};

/** A snapshot with some objects, which is to be trusted. */
export function snapshotOf(
  objects: Some,
  behind: readonly string[] = [],
): ClusterSnapshot {
  const none = Object.fromEntries(CLUSTER_KIND_NAMES.map(kind => [kind, []]));
  return {
    cluster: 'eu',
    at: '2026-11-28T20:00:00.000Z',
    objects: { ...none, ...objects } as unknown as ClusterSnapshot['objects'],
    unreadable: [],
    knowledge: {} as ClusterSnapshot['knowledge'],
    counts: {},
    behind: new Set(behind),
    trust: { trustworthy: true },
  };
}

function cached<T extends CachedValue>(
  name: string,
  value: T,
): CachedObject<T> {
  return {
    uid: `uid-${value.kind}-${name}`,
    resourceVersion: '7',
    namespace: value.kind === 'Namespace' ? '' : 'shop',
    name,
    value,
  };
}

const base = {
  createdAt: '2026-01-05T08:00:00Z',
  labels: {},
  annotations: {},
  owners: {},
};

const API_VERSIONS = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  CronJob: 'batch/v1',
  Rollout: 'argoproj.io/v1alpha1',
};

export const workload = (
  kind: CachedWorkload['kind'],
  name: string,
  more: Partial<CachedWorkload> = {},
) =>
  cached<CachedWorkload>(name, {
    ...base,
    apiVersion: API_VERSIONS[kind],
    kind,
    podLabels: { app: name },
    containers: [],
    ...more,
  });

export const hpa = (
  name: string,
  target: string,
  more: Partial<CachedAutoscaler> = {},
) =>
  cached<CachedAutoscaler>(name, {
    ...base,
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    target: { apiVersion: 'apps/v1', kind: 'Deployment', name: target },
    maxReplicas: 9,
    metrics: 1,
    ...more,
  });

export const scaledObject = (
  name: string,
  target: string,
  more: Partial<CachedScaledObject> = {},
) =>
  cached<CachedScaledObject>(name, {
    ...base,
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    target: { apiVersion: 'apps/v1', kind: 'Deployment', name: target },
    triggers: [],
    ...more,
  });

export const budget = (name: string, more: Partial<CachedBudget>) =>
  cached<CachedBudget>(name, {
    ...base,
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    ...more,
  });

export const namespace = (name: string, labels: Record<string, string>) =>
  cached(name, {
    ...base,
    apiVersion: 'v1',
    kind: 'Namespace' as const,
    labels,
  });
