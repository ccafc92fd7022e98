import { canonicalJson, FieldPath, Json, targetKey } from '@headroom/common';
import { AppliedAction, RevertReport } from '@headroom/plugin-controllers-node';
import {
  gitOpsMend,
  HPA_MAX,
  HPA_MIN,
  KEDA_MAX,
  KEDA_MIN,
  KEDA_PAUSE,
  REPLICAS,
  ScalingObject,
  ScalingTarget,
  SUSPEND,
} from '@headroom/plugin-scaling-common';
import { FleetView } from '../../core/fleet/FleetView';

const OURS = 'headroom';

/**
 * Writes that somebody else has taken back: of the last write to a field, one that
 * has the value again that it had before, and that another manager has set.
 */
export function findReverts(
  applied: readonly AppliedAction[],
  view: FleetView,
): RevertReport[] {
  const last = new Map<string, AppliedAction>();
  for (const action of applied) {
    const known = last.get(targetKey(action.target));
    if (!known || known.appliedAt <= action.appliedAt) {
      last.set(targetKey(action.target), action);
    }
  }
  return [...last.values()].flatMap(action => reportOf(action, view) ?? []);
}

function reportOf(
  action: AppliedAction,
  view: FleetView,
): RevertReport | undefined {
  const { target, changes } = action;
  if (target.type !== 'kubernetes') {
    return undefined;
  }
  const cluster = view.cluster(target.cluster);
  const found = cluster?.byObject.get(target.uid);
  const object = [found?.workload, found?.autoscaler?.object].find(
    each => each?.uid === target.uid,
  );
  if (!cluster?.snapshot?.trust.trustworthy || !found || !object) {
    return undefined;
  }
  for (const { path, before, after } of changes) {
    const now = valueOf(found, path);
    const manager = otherManager(object, path);
    if (
      now !== undefined &&
      same(now, before) &&
      !same(now, after) &&
      manager
    ) {
      return {
        actionId: action.id,
        manager: manager.manager,
        ...(manager.gitOps && {
          mend: gitOpsMend(manager.gitOps, object, [path]),
        }),
      };
    }
  }
  return undefined;
}

function otherManager(object: ScalingObject, path: FieldPath) {
  const key = path.join('\n');
  return object.fieldOwners.find(
    owner => owner.path.join('\n') === key && owner.manager !== OURS,
  );
}

/** Undefined for what caches don't keep. */
function valueOf(target: ScalingTarget, path: FieldPath): Json | undefined {
  const { autoscaler, replicas, suspend } = target;
  const is = (other: FieldPath) => path.join('\n') === other.join('\n');
  if (is(REPLICAS)) {
    return replicas ?? null;
  }
  if (is(SUSPEND)) {
    return suspend ?? null;
  }
  if (autoscaler?.type === 'hpa') {
    if (is(HPA_MIN)) {
      return autoscaler.minReplicas ?? null;
    }
    return is(HPA_MAX) ? autoscaler.maxReplicas : undefined;
  }
  if (autoscaler) {
    if (is(KEDA_MIN)) {
      return autoscaler.minReplicaCount ?? null;
    }
    if (is(KEDA_MAX)) {
      return autoscaler.maxReplicaCount ?? null;
    }
    return is(KEDA_PAUSE) ? autoscaler.pausedReplicas ?? null : undefined;
  }
  return undefined;
}

function same(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
