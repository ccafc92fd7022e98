/** The demo cluster's conformance suite against a real API server, with the demo's objects in it. */
import {
  CoreV1Api,
  KubernetesObject,
  V1CronJob,
  V1Pod,
} from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CONFORMANCE,
  ConformanceTarget,
  DEMO_FIXTURE,
} from '@headroom/demo-cluster/conformance';
import { create, kubeConfigOf, until } from './cluster';
import { readDemoObjects } from './demoObjects';

const config = kubeConfigOf('admin');
const core = config.makeApiClient(CoreV1Api);

async function createPod(annotations: Record<string, string> = {}) {
  const { items: nodes } = await core.listNode({ limit: 1 });
  return create<V1Pod>({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'default', generateName: 'made-', annotations },
    spec: {
      nodeName: nodes[0].metadata!.name,
      containers: [{ name: 'main', image: 'example.com/main:1' }],
    },
  });
}

const target: ConformanceTarget = {
  config,
  fixture: DEMO_FIXTURE,
  async changePods() {
    await createPod();
  },
  async expireVersions() {
    const { metadata } = await core.listNode({ limit: 1 });
    const version = metadata!.resourceVersion;
    await until('older versions are compacted', async () => {
      // Compaction goes by versions: there must be later ones.
      await createPod();
      await sleep(1000);
      return core
        .listPodForAllNamespaces({
          resourceVersion: version,
          resourceVersionMatch: 'Exact',
          limit: 1,
        })
        .then(
          () => false,
          error => error.code === 410,
        );
    });
  },
  async startPod() {
    const { metadata } = await core.listNamespacedPod({ namespace: 'default' });
    const pod = await createPod({ 'headroom.io/test-startup-seconds': '1' });
    const name = pod.metadata.name!;
    await until(`pod ${name} runs`, async () => {
      const { status } = await core.readNamespacedPod({
        namespace: 'default',
        name,
      });
      return status?.phase === 'Running';
    });
    return { name, since: metadata!.resourceVersion! };
  },
  async passTime() {
    await sleep(200);
  },
};

/** As `kubectl create job --from` does, so that nobody has to wait for the night. */
async function runCronJob({ metadata, spec }: V1CronJob) {
  const { namespace, name, uid } = metadata!;
  await create({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      namespace,
      name: `${name}-by-hand`,
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          name,
          uid,
          controller: true,
        },
      ],
    },
    spec: spec!.jobTemplate.spec,
  } as KubernetesObject);
}

before(async () => {
  const began = Date.now();
  const created: Array<KubernetesObject | undefined> = [];
  for (const object of await readDemoObjects()) {
    // Namespaces of its own are there already.
    created.push(
      await create(object).catch(error => {
        if (error.code === 409) {
          return undefined;
        }
        throw error;
      }),
    );
  }
  const isCronJob = (object?: KubernetesObject): object is V1CronJob =>
    object?.kind === 'CronJob';
  await runCronJob(created.find(isCronJob)!);
  const pods = async (selector: string) =>
    (await core.listPodForAllNamespaces({ labelSelector: selector })).items;
  const { deployment, otherApp, appWithoutId } = target.fixture;
  await until(`${deployment.name} runs`, async () => {
    const items = await pods(`app=${deployment.name}`);
    return (
      items.length === deployment.replicas &&
      items.every(({ status }) => status?.phase === 'Running')
    );
  });
  for (const app of [otherApp, appWithoutId]) {
    await until(
      `pods of ${app}`,
      async () => (await pods(`app=${app}`)).length > 0,
    );
  }
  const { items } = await core.listPodForAllNamespaces();
  assert.ok(items.length > 50);
  process.stdout.write(
    `${created.length} objects of the demo cluster created, ${
      items.length
    } pods, in ${((Date.now() - began) / 1000).toFixed(1)} s\n`,
  );
});

for (const [group, cases] of Object.entries(CONFORMANCE)) {
  describe(group, () => {
    for (const { name, run } of cases) {
      it(name, () => run(target));
    }
  });
}
