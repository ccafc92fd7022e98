/** The deployment that writing.ts changes. */
import { AppsV1Api, V1Deployment, V1Node } from '@kubernetes/client-node';
import { KubernetesApiError } from '@headroom/plugin-clusters-node';
import assert from 'node:assert/strict';
import { DEPLOYMENTS } from './access';
import { create, createNamespace, kubeConfigOf, until } from './cluster';

export const NAMESPACE = 'writing';
export const WEB = { ...DEPLOYMENTS, namespace: NAMESPACE, name: 'web' };
const NODE = 'writing-node';
const apps = kubeConfigOf('admin').makeApiClient(AppsV1Api);

/** What a change fails with; one of which is known that it was not made. */
export async function errorOf(
  promise: Promise<unknown>,
): Promise<KubernetesApiError> {
  const error = await promise.then(
    () => undefined,
    each => each,
  );
  assert.ok(error instanceof KubernetesApiError, String(error));
  assert.equal(error.uncertain, false);
  return error;
}

export async function failureOf(promise: Promise<unknown>) {
  return (await errorOf(promise)).failure;
}

/** As it is now. */
export const web = async () => {
  const { metadata, spec } = await apps.readNamespacedDeployment(WEB);
  return {
    uid: metadata!.uid!,
    resourceVersion: metadata!.resourceVersion!,
    replicas: spec!.replicas,
    spec: spec!,
    metadata: metadata!,
  };
};

/** Which deployment, not in which version: its status changes at any time. */
export const isWeb = async () => ({ uid: (await web()).uid });

/** Asked again where the controller was faster. */
export async function asItIs(
  change: (precondition: {
    uid: string;
    resourceVersion: string;
  }) => Promise<unknown>,
): Promise<void> {
  await until('the deployment stays as it was read', async () => {
    const { uid, resourceVersion } = await web();
    return change({ uid, resourceVersion }).then(
      () => true,
      error => {
        assert.equal(error.failure, 'Conflict');
        return false;
      },
    );
  });
}

/** Creates it on a node of its own and waits until it is available. */
export async function createWeb(): Promise<void> {
  await createNamespace(NAMESPACE);
  await create<V1Node>({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: NODE, labels: { suite: 'writing' } },
    spec: {
      taints: [{ key: 'suite', value: 'writing', effect: 'NoSchedule' }],
    },
    status: { allocatable: { cpu: '8', memory: '16Gi', pods: '50' } },
  });
  await create<V1Deployment>({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: NAMESPACE, name: 'web' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          nodeSelector: { suite: 'writing' },
          tolerations: [{ key: 'suite', operator: 'Exists' }],
          containers: [
            { name: 'main', image: 'example.com/main:1' },
            { name: 'helper', image: 'example.com/helper:1' },
          ],
        },
      },
    },
  });
  await until('the deployment is available', async () => {
    const { status } = await apps.readNamespacedDeployment(WEB);
    return status?.availableReplicas === 2;
  });
}
