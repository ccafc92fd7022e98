import { FieldChange, formatFieldPath, Json } from '@headroom/common';
import { KEDA_PAUSED_REPLICAS } from '../targets/Autoscaler';
import { RESTORE_ANNOTATION } from '../targets/RestoreRecord';
import {
  readRestoreRecord,
  restoreRecordAfter,
  writeRestoreRecord,
} from '../targets/restoreRecords';
import { ScalingObject } from '../targets/ScalingObject';
import { ScalingTarget } from '../targets/ScalingTarget';
import { ScheduledChange } from '../schedules/planning/SchedulePlan';

/** A target as a cluster has it after changes are written, with their notes. */
export function writeChanges(
  target: ScalingTarget,
  changes: readonly ScheduledChange[],
): ScalingTarget {
  return changes.reduce(writeChange, target);
}

function writeChange(
  target: ScalingTarget,
  { object, changes }: ScheduledChange,
): ScalingTarget {
  const fieldChanges = changes.filter(
    ({ path }) => !path.includes(RESTORE_ANNOTATION),
  );
  let written: ScalingTarget = target;
  for (const change of fieldChanges) {
    written = writeField(written, change);
  }
  if (object.uid === target.workload.uid) {
    return { ...written, workload: note(target.workload, changes) };
  }
  const autoscaler = written.autoscaler!;
  return {
    ...written,
    autoscaler: { ...autoscaler, object: note(autoscaler.object, changes) },
  };
}

function note(
  object: ScalingObject,
  changes: readonly FieldChange[],
): ScalingObject {
  const { restore } = object;
  const after = restoreRecordAfter(
    restore === 'unreadable' ? undefined : restore,
    changes,
    { policy: 'p1', at: '2026-06-12T18:00:00.000Z', uid: object.uid },
  );
  return {
    ...object,
    resourceVersion: String(Number(object.resourceVersion) + 1),
    // As it is read again.
    restore: readRestoreRecord(after && writeRestoreRecord(after)),
  };
}

/** What another sets, too: without a note. */
export function writeField(
  target: ScalingTarget,
  { path, after }: Pick<FieldChange, 'path' | 'after'>,
): ScalingTarget {
  const value = after ?? undefined;
  const { autoscaler } = target;
  const steered = (fields: Record<string, Json | undefined>) =>
    ({ ...target, autoscaler: { ...autoscaler, ...fields } } as ScalingTarget);
  switch (formatFieldPath(path)) {
    case 'spec.replicas':
      return { ...target, replicas: value as number | undefined };
    case 'spec.suspend':
      return { ...target, suspend: value as boolean | undefined };
    case 'spec.minReplicas':
      return steered({ minReplicas: value });
    case 'spec.maxReplicas':
      return steered({ maxReplicas: value });
    case 'spec.minReplicaCount':
      return steered({ minReplicaCount: value });
    case 'spec.maxReplicaCount':
      return steered({ maxReplicaCount: value });
    case `metadata.annotations[${JSON.stringify(KEDA_PAUSED_REPLICAS)}]`:
      return steered({ pausedReplicas: value });
    default:
      throw new Error(`No schedule writes ${formatFieldPath(path)}`);
  }
}
