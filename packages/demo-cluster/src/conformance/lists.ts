import { AppsV1Api, CoreV1Api } from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { ConformanceCase, get } from './target';
import { WireObject } from './wire';

/** Reading one object, and lists of them by selector. */
export const lists: ConformanceCase[] = [
  {
    name: 'lists the pods of a namespace',
    async run({ config, fixture: { deployment } }) {
      const core = config.makeApiClient(CoreV1Api);
      const { items, metadata } = await core.listNamespacedPod({
        namespace: deployment.namespace,
      });
      assert.match(metadata!.resourceVersion!, /^\d+$/);
      const pods = items.filter(
        pod => pod.metadata!.labels?.app === deployment.name,
      );
      assert.equal(pods.length, deployment.replicas);
      const [{ metadata: meta, spec, status }] = pods;
      assert.equal(status!.phase, 'Running');
      assert.ok(meta!.creationTimestamp instanceof Date);
      assert.deepEqual(
        { ...spec!.containers[0].resources },
        deployment.resources,
      );
    },
  },
  {
    name: 'leaves kind and apiVersion out of items',
    async run(target) {
      const { body } = await get(target, '/api/v1/pods?limit=1');
      assert.deepEqual([body.kind, body.apiVersion], ['PodList', 'v1']);
      assert.deepEqual(Object.keys(body.items[0]).sort(), [
        'metadata',
        'spec',
        'status',
      ]);
    },
  },
  {
    name: 'gets one object, and its status',
    async run(target) {
      const { namespace, name, replicas } = target.fixture.deployment;
      const apps = target.config.makeApiClient(AppsV1Api);
      const core = target.config.makeApiClient(CoreV1Api);
      const found = await apps.readNamespacedDeployment({ namespace, name });
      assert.deepEqual(
        [found.apiVersion, found.kind, found.spec!.replicas],
        ['apps/v1', 'Deployment', replicas],
      );
      const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;
      const { status, body } = await get<WireObject>(target, `${path}/status`);
      assert.deepEqual(
        [status, body.kind, body.metadata.name],
        [200, 'Deployment', name],
      );
      assert.equal(
        (await core.readNamespace({ name: namespace })).kind,
        'Namespace',
      );
    },
  },
  {
    name: 'selects by labels, equality- and set-based',
    async run({ config, fixture }) {
      const { deployment, otherApp, appWithoutId } = fixture;
      const core = config.makeApiClient(CoreV1Api);
      const apps = async (labelSelector: string) => {
        const { items } = await core.listPodForAllNamespaces({ labelSelector });
        return [...new Set(items.map(pod => pod.metadata!.labels!.app))].sort();
      };
      const id = 'backstage.io/kubernetes-id';
      const both = [deployment.name, otherApp].sort();
      assert.deepEqual(await apps(`${id}=${deployment.name}`), [
        deployment.name,
      ]);
      assert.deepEqual(
        await apps(`app in (${deployment.name}, ${otherApp})`),
        both,
      );
      const others = await apps(`${id},app notin (${deployment.name})`);
      assert.ok(others.length > 0);
      assert.ok(!others.includes(deployment.name));
      assert.deepEqual(await apps(`!${id},app=${appWithoutId}`), [
        appWithoutId,
      ]);
      assert.deepEqual(await apps(`app==${otherApp},app!=x`), [otherApp]);
    },
  },
  {
    name: 'selects by fields',
    async run({ config }) {
      const core = config.makeApiClient(CoreV1Api);
      const running = await core.listPodForAllNamespaces({
        fieldSelector: 'status.phase=Running',
      });
      const { nodeName } = running.items[0].spec!;
      const { items } = await core.listPodForAllNamespaces({
        fieldSelector: `spec.nodeName=${nodeName},status.phase=Running`,
      });
      assert.ok(items.length > 0);
      assert.ok(items.every(({ spec }) => spec!.nodeName === nodeName));
      const others = await core.listPodForAllNamespaces({
        fieldSelector: `status.phase=Running,spec.nodeName!=${nodeName}`,
      });
      assert.ok(others.items.length > 0);
      assert.ok(others.items.every(({ spec }) => spec!.nodeName !== nodeName));
    },
  },
  {
    name: 'is an empty list in a namespace nobody made',
    async run({ config }) {
      const core = config.makeApiClient(CoreV1Api);
      const { items } = await core.listNamespacedPod({ namespace: 'nowhere' });
      assert.deepEqual([...items], []);
    },
  },
];
