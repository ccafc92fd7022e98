import { RestoreField, RestoreRecord } from '../targets/RestoreRecord';
import { ScalingObject } from '../targets/ScalingObject';
import { ScalingTarget } from '../targets/ScalingTarget';
import { HpaAutoscaler, ScaledObjectAutoscaler } from '../targets/Autoscaler';

export function makeObject(over: Partial<ScalingObject> = {}): ScalingObject {
  return {
    type: 'kubernetes',
    cluster: 'one',
    group: 'apps',
    version: 'v1',
    kind: 'Deployment',
    resource: 'deployments',
    namespace: 'shop',
    name: 'web',
    uid: 'uid-web',
    resourceVersion: '7',
    annotations: {},
    fieldOwners: [],
    ...over,
  };
}

/** A Deployment of three, made long ago, that nothing steers. */
export function makeTarget(over: Partial<ScalingTarget> = {}): ScalingTarget {
  return {
    workload: makeObject(),
    labels: { app: 'web' },
    namespaceLabels: {},
    createdAt: '2026-01-01T00:00:00.000Z',
    replicas: 3,
    budgets: [],
    ...over,
  };
}

export function makeCronJob(over: Partial<ScalingTarget> = {}): ScalingTarget {
  return makeTarget({
    workload: makeObject({
      group: 'batch',
      kind: 'CronJob',
      resource: 'cronjobs',
      name: 'report',
      uid: 'uid-report',
    }),
    replicas: undefined,
    ...over,
  });
}

export function makeHpa(
  over: Partial<HpaAutoscaler> = {},
  object: Partial<ScalingObject> = {},
): HpaAutoscaler {
  return {
    type: 'hpa',
    object: makeObject({
      group: 'autoscaling',
      version: 'v2',
      kind: 'HorizontalPodAutoscaler',
      resource: 'horizontalpodautoscalers',
      uid: 'uid-hpa',
      ...object,
    }),
    minReplicas: 2,
    maxReplicas: 10,
    ...over,
  };
}

export function makeScaledObject(
  over: Partial<ScaledObjectAutoscaler> = {},
  object: Partial<ScalingObject> = {},
): ScaledObjectAutoscaler {
  return {
    type: 'scaled-object',
    object: makeObject({
      group: 'keda.sh',
      version: 'v1alpha1',
      kind: 'ScaledObject',
      resource: 'scaledobjects',
      uid: 'uid-so',
      ...object,
    }),
    minReplicaCount: 1,
    maxReplicaCount: 10,
    ...over,
  };
}

/** A note on an object: of each field what it was and what it was set to. */
export function makeRecord(
  fields: Record<string, RestoreField>,
  over: Partial<RestoreRecord> = {},
): RestoreRecord {
  return {
    v: 1,
    policy: 'p1',
    at: '2026-06-12T18:00:00.000Z',
    fields,
    ...over,
  };
}
