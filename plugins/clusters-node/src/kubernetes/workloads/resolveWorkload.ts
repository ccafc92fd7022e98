import { WorkloadRef, staticPodName } from '@headroom/common';
import { ObjectMeta, OwnerReference } from '../objects';

/**
 * Finds the controller of a ReplicaSet, ReplicationController or Job by the uid of the latter;
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
  ReplicationController: 'v1',
  Job: 'batch/',
};

/** On the pods of a DeploymentConfig, and on those that roll it out. */
const DEPLOYMENT_CONFIG = 'openshift.io/deployment-config.name';

/** On the pods of all revisions of a Service of Knative, and on their template. */
const KNATIVE_SERVICE = 'serving.knative.dev/service';
/** What Knative makes for each revision. */
const REVISED = /^(Deployment|ReplicaSet)$/;

/** Marks the copy of a static pod that the kubelet shows to the API server. */
const MIRROR = 'kubernetes.io/config.mirror';

/** The reference to the controller, of which an object has at most one. @internal */
export function controllerOf({
  ownerReferences,
}: Pick<ObjectMeta, 'ownerReferences'>): OwnerReference | undefined {
  return ownerReferences?.find(({ controller }) => controller);
}

/**
 * Whether a pod is static: its kubelet makes it, and makes it again. Metrics tell
 * one by its owner alone, and the kubelets of before 1.17 by the annotation alone.
 *
 * @internal
 */
export function isStatic(
  pod: Pick<ObjectMeta, 'annotations' | 'ownerReferences'>,
): boolean {
  const owner = controllerOf(pod);
  return (
    pod.annotations?.[MIRROR] !== undefined ||
    (owner?.kind === 'Node' && owner.apiVersion === 'v1')
  );
}

/** Whether a reference is to a ReplicaSet, ReplicationController or Job of Kubernetes itself. @internal */
export function isIntermediate(owner: OwnerReference): boolean {
  const group = INTERMEDIATE[owner.kind];
  return group !== undefined && owner.apiVersion.startsWith(group);
}

/**
 * The Service of Knative that a Deployment, or ReplicaSet, is a revision of, as the
 * labels of its pods say; its uid is not told.
 *
 * @internal
 */
export function knativeServiceOf(
  kind: string,
  pod: Pick<ObjectMeta, 'labels'> | undefined,
): OwnerReference | undefined {
  const name = pod?.labels?.[KNATIVE_SERVICE];
  return name && REVISED.test(kind)
    ? { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name, uid: '' }
    : undefined;
}

/** The DeploymentConfig a pod says it is of; its uid is not told. */
function deploymentConfigFor({
  annotations,
}: Pick<ObjectMeta, 'annotations'>): OwnerReference | undefined {
  const name = annotations?.[DEPLOYMENT_CONFIG];
  return name
    ? {
        apiVersion: 'apps.openshift.io/v1',
        kind: 'DeploymentConfig',
        name,
        uid: '',
      }
    : undefined;
}

/**
 * The workload a pod belongs to: what controls its ReplicaSet,
 * ReplicationController or Job where something does, else its controller, else
 * the pod itself. Deployments, StatefulSets, DaemonSets and CronJobs are
 * workloads whatever owns them, but for the Deployments of Knative, one a
 * revision of its Service. A static pod is one workload on all nodes that
 * run it; its node is none.
 *
 * @public
 */
export function resolveWorkload(
  pod: { metadata: ObjectMeta; spec?: { nodeName?: string } },
  controllerByUid: ControllerLookup,
): ResolvedWorkload {
  const { metadata } = pod;
  const { namespace = '', name, uid } = metadata;
  const owner = controllerOf(metadata);
  if (isStatic(metadata)) {
    const node = owner?.name ?? pod.spec?.nodeName ?? '';
    return {
      namespace,
      kind: 'Pod',
      name: staticPodName(name, node),
      uid,
      apiVersion: 'v1',
    };
  }
  const controller =
    owner && isIntermediate(owner)
      ? controllerByUid(owner.uid) ?? deploymentConfigFor(metadata) ?? owner
      : owner ?? deploymentConfigFor(metadata);
  const top =
    controller && (knativeServiceOf(controller.kind, metadata) ?? controller);
  return top
    ? {
        namespace,
        kind: top.kind,
        name: top.name,
        uid: top.uid,
        apiVersion: top.apiVersion,
      }
    : { namespace, kind: 'Pod', name, uid, apiVersion: 'v1' };
}
