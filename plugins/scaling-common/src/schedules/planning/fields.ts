import { FieldPath, Json, formatFieldPath } from '@headroom/common';
import { KEDA_DEFAULTS } from '../../targets/Autoscaler';
import { RestoreField } from '../../targets/RestoreRecord';
import { isOf, sameJson } from '../../targets/restoreRecords';
import { ScalingObject } from '../../targets/ScalingObject';
import {
  HPA_MAX,
  HPA_MIN,
  KEDA_MAX,
  KEDA_MIN,
  KEDA_PAUSE,
  REPLICAS,
  SUSPEND,
  ScalingTarget,
} from '../../targets/ScalingTarget';

/** A field that a schedule may write, as it is. @internal */
export interface Field {
  object: ScalingObject;
  path: FieldPath;
  /** As in restore records. */
  key: string;
  current: Json;
  /** What is noted of it. */
  noted?: RestoreField;
  /** Whether it still has the value that Headroom gave it. */
  ours: boolean;
  /** As its owner has it: what is noted where it is ours, else what it is. */
  original: Json;
}

/** All fields of a target that a schedule may write. @internal */
export function fieldsOf(target: ScalingTarget): Field[] {
  const { workload, autoscaler, replicas, suspend } = target;
  const fields =
    workload.kind === 'CronJob'
      ? [field(workload, SUSPEND, suspend)]
      : [field(workload, REPLICAS, replicas)];
  if (autoscaler?.type === 'hpa') {
    const { object, minReplicas, maxReplicas } = autoscaler;
    fields.push(
      field(object, HPA_MIN, minReplicas),
      field(object, HPA_MAX, maxReplicas),
    );
  } else if (autoscaler) {
    const { object } = autoscaler;
    fields.push(
      field(object, KEDA_MIN, autoscaler.minReplicaCount),
      field(object, KEDA_MAX, autoscaler.maxReplicaCount),
      field(object, KEDA_PAUSE, autoscaler.pausedReplicas),
    );
  }
  return fields;
}

function field(
  object: ScalingObject,
  path: FieldPath,
  value: number | string | boolean | undefined,
): Field {
  const key = formatFieldPath(path);
  const current = value ?? null;
  const { restore } = object;
  const noted =
    restore && restore !== 'unreadable' && isOf(restore, object.uid)
      ? restore.fields[key]
      : undefined;
  const ours = noted !== undefined && sameJson(noted.set, current);
  return {
    object,
    path,
    key,
    current,
    ours,
    original: ours ? noted.was : current,
    ...(noted && { noted }),
  };
}

/** What Kubernetes and KEDA take where a field isn't written. */
const DEFAULTS = new Map<FieldPath, number>([
  [REPLICAS, 1],
  [HPA_MIN, 1],
  [KEDA_MIN, KEDA_DEFAULTS.minReplicaCount],
  [KEDA_MAX, KEDA_DEFAULTS.maxReplicaCount],
]);

/** What a value of a field counts as; `undefined` where it counts nothing. @internal */
export function countOf(path: FieldPath, value: Json): number | undefined {
  return typeof value === 'number' ? value : DEFAULTS.get(path);
}
