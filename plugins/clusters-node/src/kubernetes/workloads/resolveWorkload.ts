import { WorkloadRef } from '@headroom/plugin-cost-common';
import { ObjectMeta, OwnerReference } from '../objects';

/**
 * Finds the controller of a ReplicaSet or Job by the uid of the latter;
 * undefined when it has none, or isn't known.
 *
 * @public
 */
export type ControllerLookup = (uid: string) => OwnerReference | undefined;

/** A workload, and the uid of the object that it is. @public */
export interface ResolvedWorkload extends WorkloadRef {
  uid: string;
  apiVersion: string;
}

/** Kinds that something else stands behind, as a rule. */
const INTERMEDIATE: Record<string, string> = {
  ReplicaSet: 'apps/',
  Job: 'batch/',
};

/** Marks the copy of a static pod that the kubelet shows to the API server. */
const MIRROR = 'kubernetes.io/config.mirror';

/** The reference to the controller, of which an object has at most one. @internal */
export function controllerOf({
  ownerReferences,
}: Pick<ObjectMeta, 'ownerReferences'>): OwnerReference | undefined {
  return ownerReferences?.find(({ controller }) => controller);
}

/** Whether a pod is static: its kubelet makes it, and makes it again. @internal */
export function isMirror(pod: Pick<ObjectMeta, 'annotations'>): boolean {
  return pod.annotations?.[MIRROR] !== undefined;
}

/** Whether a reference is to a ReplicaSet or a Job of Kubernetes itself. @internal */
export function isIntermediate(owner: OwnerReference): boolean {
  const group = INTERMEDIATE[owner.kind];
  return group !== undefined && owner.apiVersion.startsWith(group);
}

/**
 * The workload a pod belongs to: what controls its ReplicaSet or Job where
 * something does, else its controller, else the pod itself. Deployments,
 * StatefulSets, DaemonSets and CronJobs are workloads whatever owns them. A
 * static pod is its own workload; its node is not.
 *
 * @public
 */
export function resolveWorkload(
  pod: { metadata: ObjectMeta },
  controllerByUid: ControllerLookup,
): ResolvedWorkload {
  const { namespace = '', name, uid } = pod.metadata;
  const owner = controllerOf(pod.metadata);
  if (!owner || isMirror(pod.metadata)) {
    return { namespace, kind: 'Pod', name, uid, apiVersion: 'v1' };
  }
  const top = isIntermediate(owner)
    ? controllerByUid(owner.uid) ?? owner
    : owner;
  return {
    namespace,
    kind: top.kind,
    name: top.name,
    uid: top.uid,
    apiVersion: top.apiVersion,
  };
}
