import { Json, WorkloadRef } from '@headroom/common';
import {
  KubernetesAccess,
  KubernetesApiError,
  KubernetesReader,
  KubernetesResource,
} from '@headroom/plugin-clusters-node';
import {
  podPathOf,
  TemplateContainer,
  TemplateObject,
} from '@headroom/plugin-scaling-common';
import { OwnedMeta } from './keptInGit';

/** Kinds whose template advice can change, and where their API serves them. */
const RESOURCES: Readonly<Record<string, KubernetesResource>> = {
  Deployment: resource('apps', 'v1', 'Deployment', 'deployments'),
  StatefulSet: resource('apps', 'v1', 'StatefulSet', 'statefulsets'),
  DaemonSet: resource('apps', 'v1', 'DaemonSet', 'daemonsets'),
  CronJob: resource('batch', 'v1', 'CronJob', 'cronjobs'),
  Rollout: resource('argoproj.io', 'v1alpha1', 'Rollout', 'rollouts'),
};

function resource(
  group: string,
  version: string,
  kind: string,
  plural: string,
): KubernetesResource {
  return { group, version, kind, resource: plural };
}

interface Read {
  metadata: OwnedMeta & { uid?: string; resourceVersion?: string };
  spec?: Json;
}

/**
 * A workload as its API server has it now.
 *
 * @returns undefined when there is none, when its kind has no template that can be
 * changed, or when nothing says how to reach the cluster.
 * @throws KubernetesApiError
 */
export async function readTemplate(
  access: KubernetesAccess,
  cluster: string,
  { kind, namespace, name }: WorkloadRef,
  signal: AbortSignal,
): Promise<(TemplateObject & { meta: OwnedMeta }) | undefined> {
  const found = Object.hasOwn(RESOURCES, kind) ? RESOURCES[kind] : undefined;
  const reader = KubernetesReader.of(access, cluster);
  const pod = podPathOf(kind);
  if (!found || !reader || !pod) {
    return undefined;
  }
  const reference = { ...found, namespace, name };
  let object: Read;
  try {
    object = await reader.get<Read>(reference, { signal });
  } catch (error) {
    if (error instanceof KubernetesApiError && error.failure === 'NotFound') {
      return undefined;
    }
    throw error;
  }
  const { uid = '', resourceVersion = '' } = object.metadata;
  return {
    target: {
      type: 'kubernetes',
      cluster,
      ...reference,
      uid,
      resourceVersion,
    },
    meta: object.metadata,
    containers: containersAt(object, [...pod, 'containers']),
    initContainers: containersAt(object, [...pod, 'initContainers']),
  };
}

function containersAt(
  object: unknown,
  path: readonly string[],
): TemplateContainer[] {
  const list = path.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, key)
        ? (node as Record<string, unknown>)[key]
        : undefined,
    object,
  );
  return Array.isArray(list)
    ? list.filter(
        (each): each is TemplateContainer =>
          typeof each === 'object' &&
          each !== null &&
          typeof (each as TemplateContainer).name === 'string',
      )
    : [];
}
