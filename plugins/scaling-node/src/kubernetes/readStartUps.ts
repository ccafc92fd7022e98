import { WorkloadRef } from '@headroom/common';
import {
  KubernetesReader,
  ObjectMeta,
  OwnerReference,
} from '@headroom/plugin-clusters-node';

const POD = { group: '', version: 'v1', kind: 'Pod', resource: 'pods' };
/** Kinds that own the ReplicaSets of their pods, by the label in which these have their hash. */
const BY_HASH: ReadonlyArray<readonly [label: string, kind: string]> = [
  ['rollouts-pod-template-hash', 'Rollout'],
  ['pod-template-hash', 'Deployment'],
];
/** What took longer was waiting for something else, such as a quota, or was ready before. */
const LONGEST_SECONDS = 3600;

/** How long a pod took to be ready. @public */
export interface StartUp {
  workload: WorkloadRef;
  podUid: string;
  /** From created to ready: waiting for a node and pulling the image included. */
  seconds: number;
  /** ISO 8601 UTC. */
  readyAt: string;
}

/** What is read of a pod. @public */
export interface StartedPod {
  metadata: ObjectMeta;
  status?: {
    conditions?: Array<{
      type: string;
      status: string;
      lastTransitionTime?: string;
    }>;
    containerStatuses?: Array<{ restartCount?: number }>;
  };
}

/**
 * How long the pods of a cluster took to be ready, a page of them at a time: one list,
 * whatever there is.
 *
 * @throws KubernetesApiError
 * @public
 */
export async function* readStartUps(
  reader: KubernetesReader,
  signal: AbortSignal,
): AsyncGenerator<StartUp[]> {
  for await (const page of reader.list<StartedPod>(POD, { signal })) {
    yield page.flatMap(pod => startUpOf(pod) ?? []);
  }
}

/**
 * How long a pod took to be ready; undefined for one that isn't, whose workload a
 * schedule can't act on, or that restarted, since its conditions tell the last time only.
 *
 * @public
 */
export function startUpOf({
  metadata,
  status = {},
}: StartedPod): StartUp | undefined {
  const { conditions = [], containerStatuses = [] } = status;
  const ready = conditions.find(({ type }) => type === 'Ready');
  const workload = workloadOf(metadata);
  const { creationTimestamp, uid } = metadata;
  if (
    !workload ||
    creationTimestamp === undefined ||
    ready?.status !== 'True' ||
    ready.lastTransitionTime === undefined ||
    containerStatuses.some(({ restartCount = 0 }) => restartCount > 0)
  ) {
    return undefined;
  }
  const readyMs = Date.parse(ready.lastTransitionTime);
  const seconds = (readyMs - Date.parse(creationTimestamp)) / 1000;
  return seconds >= 0 && seconds <= LONGEST_SECONDS
    ? {
        workload,
        podUid: uid,
        seconds,
        readyAt: new Date(readyMs).toISOString(),
      }
    : undefined;
}

/** By name alone: ReplicaSets are called after what owns them, and their hash. */
function workloadOf({
  namespace = '',
  labels = {},
  ownerReferences = [],
}: ObjectMeta): WorkloadRef | undefined {
  const owner = ownerReferences.find(({ controller }) => controller);
  if (owner?.kind === 'StatefulSet') {
    return { namespace, kind: owner.kind, name: owner.name };
  }
  return owner?.kind === 'ReplicaSet'
    ? ofReplicaSet(owner, namespace, labels)
    : undefined;
}

function ofReplicaSet(
  { name }: OwnerReference,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): WorkloadRef | undefined {
  for (const [label, kind] of BY_HASH) {
    const end = `-${labels[label]}`;
    if (labels[label] && name.endsWith(end) && name.length > end.length) {
      return { namespace, kind, name: name.slice(0, -end.length) };
    }
  }
  return undefined;
}
