import { FieldPath } from '@headroom/common';
import { isName } from '../../malformed';
import { KubernetesObject } from '../../objects';
import { projectBase } from './projectBase';
import { CachedAutoscaler, CachedScaledObject, ScaleTarget } from './types';

interface Condition {
  type: string;
  status: string;
  reason?: string;
}

interface AutoscalerObject extends KubernetesObject {
  spec: {
    scaleTargetRef: ScaleTarget;
    minReplicas?: number;
    maxReplicas: number;
    metrics?: unknown[];
  };
  status?: {
    currentReplicas?: number;
    desiredReplicas?: number;
    conditions?: Condition[];
  };
}

interface ScaledObjectObject extends KubernetesObject {
  spec: {
    scaleTargetRef: { apiVersion?: string; kind?: string; name?: string };
    minReplicaCount?: number;
    maxReplicaCount?: number;
    idleReplicaCount?: number;
    triggers?: Array<{ type?: string }>;
  };
  status?: { hpaName?: string; conditions?: Condition[] };
}

const HPA_PATHS: FieldPath[] = [
  ['spec', 'minReplicas'],
  ['spec', 'maxReplicas'],
];

const SCALED_OBJECT_PATHS: FieldPath[] = [
  ['spec', 'minReplicaCount'],
  ['spec', 'maxReplicaCount'],
  ['spec', 'idleReplicaCount'],
  ['metadata', 'annotations', 'autoscaling.keda.sh/paused-replicas'],
  ['metadata', 'annotations', 'autoscaling.keda.sh/paused'],
];

/** @internal */
export function projectAutoscaler(item: unknown): CachedAutoscaler {
  const object = item as AutoscalerObject;
  const { spec, status } = object;
  const active = conditionOf(status, 'ScalingActive');
  return {
    ...projectBase(
      object,
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      HPA_PATHS,
    ),
    target: targetOf(spec.scaleTargetRef),
    ...counts({ minReplicas: spec.minReplicas }),
    maxReplicas: count(spec.maxReplicas),
    metrics: spec.metrics?.length ?? 0,
    ...counts({
      currentReplicas: status?.currentReplicas,
      desiredReplicas: status?.desiredReplicas,
    }),
    ...(active?.status === 'False' && { inactive: active.reason ?? 'Unknown' }),
  };
}

/** @internal */
export function projectScaledObject(item: unknown): CachedScaledObject {
  const object = item as ScaledObjectObject;
  const { spec, status } = object;
  const paused = conditionOf(status, 'Paused')?.status;
  return {
    ...projectBase(
      object,
      'keda.sh/v1alpha1',
      'ScaledObject',
      SCALED_OBJECT_PATHS,
    ),
    target: targetOf({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      ...spec.scaleTargetRef,
    }),
    ...counts({
      minReplicaCount: spec.minReplicaCount,
      maxReplicaCount: spec.maxReplicaCount,
      idleReplicaCount: spec.idleReplicaCount,
    }),
    triggers: (spec.triggers ?? []).flatMap(({ type }) => type ?? []),
    ...(status?.hpaName && { hpaName: status.hpaName }),
    // KEDA begins with Unknown.
    ...(/^(True|False)$/.test(paused ?? '') && { paused: paused === 'True' }),
  };
}

function conditionOf(
  status: { conditions?: Condition[] } | undefined,
  type: string,
): Condition | undefined {
  return status?.conditions?.find(each => each.type === type);
}

function targetOf({
  apiVersion,
  kind,
  name,
}: {
  apiVersion?: string;
  kind?: string;
  name?: string;
}): ScaleTarget {
  if (!isName(kind) || !isName(name)) {
    throw new TypeError('Malformed scaleTargetRef');
  }
  return { ...(apiVersion && { apiVersion }), kind, name };
}

function count(value: unknown): number {
  if (!Number.isInteger(value)) {
    throw new TypeError('Malformed count');
  }
  return value as number;
}

/** Those that are there; one that is no count makes the object malformed. */
function counts<TKey extends string>(
  values: Record<TKey, unknown>,
): Partial<Record<TKey, number>> {
  const there = Object.entries(values).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return Object.fromEntries(
    there.map(([key, value]) => [key, count(value)]),
  ) as Partial<Record<TKey, number>>;
}
