/** Objects for a suite: a namespace with a node of its own, and what runs there. */
import {
  AppsV1Api,
  CoreV1Api,
  KubernetesObject,
  V1Deployment,
  V1Node,
  V1Pod,
  V1PodTemplateSpec,
} from '@kubernetes/client-node';
import { create, createNamespace, kubeConfigOf, until } from './cluster';

const admin = kubeConfigOf('admin');
const apps = admin.makeApiClient(AppsV1Api);
const core = admin.makeApiClient(CoreV1Api);

/** What a container asks for, as Kubernetes writes it. */
export type Requests = Partial<Record<'cpu' | 'memory', string>>;

/** A namespace, and a node for its pods alone. */
export async function createRoom(name: string): Promise<void> {
  await createNamespace(name);
  await create<V1Node>({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: `${name}-node`, labels: { room: name } },
    spec: { taints: [{ key: 'room', value: name, effect: 'NoSchedule' }] },
    status: { allocatable: { cpu: '64', memory: '64Gi', pods: '200' } },
  });
}

/** Pods of the room that have the label `app`. */
export function podTemplate(
  room: string,
  app: string,
  requests: Requests = {},
): V1PodTemplateSpec {
  return {
    metadata: { labels: { app } },
    spec: {
      nodeSelector: { room },
      tolerations: [{ key: 'room', operator: 'Exists' }],
      containers: [
        {
          name: 'main',
          image: 'example.com/main:1',
          resources: { requests: { ...requests } },
        },
      ],
    },
  };
}

/** Creates a Deployment and waits until its pods are available. */
export async function createDeployment(
  room: string,
  name: string,
  replicas: number,
  requests?: Requests,
): Promise<void> {
  await create<V1Deployment>({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: room, name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: podTemplate(room, name, requests),
    },
  });
  await untilAvailable(room, name, replicas);
}

/**
 * Waits until a Deployment has as many pods as told, all available and all of its
 * present template. Its status alone is late: it may still be of the last
 * generation, or count pods that its ReplicaSets have yet to tell of.
 */
export async function untilAvailable(
  namespace: string,
  name: string,
  replicas: number,
): Promise<void> {
  let seen = '';
  await until(
    () => `${name} has ${replicas} available pods, not ${seen}`,
    async () => {
      const { metadata, spec, status } = await apps.readNamespacedDeployment({
        namespace,
        name,
      });
      const pods = await podsOf(namespace, name);
      seen = `${status?.availableReplicas ?? 0} of ${spec?.replicas}, and ${
        pods.length
      } pods`;
      return (
        status?.observedGeneration === metadata!.generation &&
        [
          spec?.replicas,
          status?.replicas ?? 0,
          status?.updatedReplicas ?? 0,
          status?.availableReplicas ?? 0,
          pods.length,
        ].every(count => count === replicas)
      );
    },
  );
}

export async function replicasOf(
  namespace: string,
  name: string,
): Promise<number> {
  const { spec } = await apps.readNamespacedDeployment({ namespace, name });
  return spec!.replicas!;
}

/** Pods of an app that are there and not on their way out. */
export async function podsOf(namespace: string, app: string): Promise<V1Pod[]> {
  const { items } = await core.listNamespacedPod({
    namespace,
    labelSelector: `app=${app}`,
  });
  return items.filter(({ metadata }) => !metadata!.deletionTimestamp);
}

/** An object of any kind, in short. */
export function objectOf(
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
  more: object,
): KubernetesObject {
  return { apiVersion, kind, metadata: { namespace, name }, ...more };
}
