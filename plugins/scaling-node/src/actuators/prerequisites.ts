import { canonicalJson, Prerequisite } from '@headroom/common';
import { ObjectMeta } from '@headroom/plugin-clusters-node';
import { valueAt } from './fieldValues';

/** What is read of an object that another one waits for. */
export interface Awaited {
  metadata: ObjectMeta;
  spec?: { replicas?: number };
  status?: {
    /** A text where Argo Rollouts writes it. */
    observedGeneration?: number | string;
    phase?: string;
    replicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
    readyReplicas?: number;
    desiredNumberScheduled?: number;
    updatedNumberScheduled?: number;
    numberAvailable?: number;
  };
}

/** Whether what an action waits for is so. */
export function isMet(
  { target, fields, rolledOut }: Prerequisite,
  object: Awaited,
): boolean {
  return (
    object.metadata.uid === target.uid &&
    fields.every(
      ({ path, value }) =>
        canonicalJson(valueAt(object, path)) === canonicalJson(value),
    ) &&
    (!rolledOut || isRolledOut(target.kind, object))
  );
}

/** Whether all pods are made from the template as it is, and may be used. */
function isRolledOut(
  kind: string,
  { metadata, spec = {}, status = {} }: Awaited,
): boolean {
  if (Number(status.observedGeneration ?? 0) < (metadata.generation ?? 0)) {
    return false;
  }
  const wanted = spec.replicas ?? 1;
  const { updatedReplicas = 0, replicas = 0 } = status;
  switch (kind) {
    case 'Deployment':
    case 'StatefulSet':
      return (
        updatedReplicas >= wanted &&
        replicas <= updatedReplicas &&
        (status.availableReplicas ?? status.readyReplicas ?? 0) >= wanted
      );
    case 'DaemonSet': {
      const { desiredNumberScheduled = 0 } = status;
      return (
        (status.updatedNumberScheduled ?? 0) >= desiredNumberScheduled &&
        (status.numberAvailable ?? 0) >= desiredNumberScheduled
      );
    }
    case 'Rollout':
      return status.phase === 'Healthy';
    default:
      return true; // pods of a CronJob come with its next run
  }
}
