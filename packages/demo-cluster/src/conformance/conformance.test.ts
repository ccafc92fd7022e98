import {
  BatchV1Api,
  CoreV1Api,
  KubeConfig,
  makeInformer,
  Metrics,
  topPods,
  V1Pod,
} from '@kubernetes/client-node';
import { request } from 'node:http';
import { createWorld } from '../world/createWorld';
import { DemoCluster, startDemoCluster } from '../startDemoCluster';
import { CONFORMANCE, ConformanceTarget, DEMO_FIXTURE } from '.';
import { watchPods } from './target';
import { difference } from './watches';

const START = new Date('2026-01-05T00:00:00Z');
/** A Thursday afternoon in us-west: everything runs. */
let now = new Date('2026-02-12T20:10:00Z');
/** Long enough for cases that move the clock while they read. */
const KEPT_HOURS = 24;
let demo: DemoCluster;
let url: string;
let config: KubeConfig;
let core: CoreV1Api;

beforeAll(async () => {
  demo = await startDemoCluster({
    start: START,
    now: () => now,
    keepMs: KEPT_HOURS * 3_600_000,
    ports: { 'us-west': 0, 'eu-central': 0 },
  });
  url = demo.urls['us-west'];
  config = configOf(url);
  core = config.makeApiClient(CoreV1Api);
}, 60_000);

afterAll(async () => {
  await demo?.stop();
});

function configOf(server: string): KubeConfig {
  const found = new KubeConfig();
  found.loadFromOptions({
    // Over plain HTTP, client-node asks to be told that nothing is verified.
    clusters: [{ name: 'demo', server, skipTLSVerify: true }],
    users: [{ name: 'demo', token: 'anything' }],
    contexts: [{ name: 'demo', cluster: 'demo', user: 'demo' }],
    currentContext: 'demo',
  });
  return found;
}

async function getJson(path: string, init?: RequestInit) {
  const response = await fetch(url + path, init);
  return { status: response.status, body: await response.json() };
}

/** Moves the clock and lets the server take over what has changed. */
async function moveOn(minutes: number) {
  now = new Date(now.getTime() + minutes * 60_000);
  await getJson('/api/v1/namespaces');
}

/** A pod that will have to wait for a node to be ordered. */
function nextWaitingPod() {
  const cluster = createWorld({ seed: 1, start: START }).cluster('us-west');
  const seconds = (now.getTime() - START.getTime()) / 1000;
  for (let hour = Math.floor(seconds / 3600); ; hour++) {
    const found = cluster
      .livesOf(hour)
      .pods.find(pod => pod.created > seconds && pod.from > pod.created);
    if (found) {
      return found;
    }
  }
}

const target: ConformanceTarget = {
  get config() {
    return config;
  },
  fixture: DEMO_FIXTURE,
  async changePods() {
    const versionOf = async () =>
      (await getJson('/api/v1/pods?limit=1')).body.metadata.resourceVersion;
    const before = await versionOf();
    do {
      await moveOn(5);
    } while ((await versionOf()) === before);
  },
  async expireVersions() {
    for (let hours = 0; hours < KEPT_HOURS + 2; hours++) {
      await moveOn(60);
    }
  },
  async startPod() {
    const { metadata } = await core.listPodForAllNamespaces();
    const { name, created, from } = nextWaitingPod();
    for (const seconds of [created + 10, from + 20]) {
      now = new Date(START.getTime() + seconds * 1000);
      await getJson('/api/v1/namespaces');
    }
    return { name, since: metadata!.resourceVersion! };
  },
  passTime: () => moveOn(1),
};

/** What a real API server answers as well: see peers/kubernetes. */
describe.each(Object.entries(CONFORMANCE))('%s', (_group, cases) => {
  it.each(cases.map(one => [one.name, one] as const))(
    '%s',
    async (_name, { run }) => {
      await expect(run(target)).resolves.toBeUndefined();
    },
    30_000,
  );
});

describe('what the demo does not have', () => {
  it('is a 405 for writes of what stays as it is', async () => {
    const path = '/api/v1/namespaces/ml-serving/configmaps/kube-root-ca.crt';
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(
        await getJson(path, {
          method,
          headers: {
            'content-type':
              method === 'PATCH'
                ? 'application/merge-patch+json'
                : 'application/json',
          },
          body: '{}',
        }),
      ).toMatchObject({ status: 405, body: { reason: 'MethodNotAllowed' } });
    }
  });

  it('is refused to a name that is not of this machine', async () => {
    const status = await new Promise(resolve => {
      request(`${url}/api/v1/pods`, { headers: { host: 'evil.example' } })
        .on('response', response => {
          response.resume();
          resolve(response.statusCode);
        })
        .end();
    });
    expect(status).toBe(403);
  });
});

describe('watches of the demo', () => {
  it('bookmarks at its end what it has seen, when asked to', async () => {
    const { metadata } = await core.listPodForAllNamespaces();
    const before = metadata!.resourceVersion!;
    await target.changePods();
    const after = (await core.listPodForAllNamespaces()).metadata!
      .resourceVersion!;
    const since = (version: string) =>
      watchPods(
        target,
        `labelSelector=app%3Dnobody&resourceVersion=${version}&timeoutSeconds=1&allowWatchBookmarks=true`,
      );
    expect(await since(before)).toEqual([
      {
        type: 'BOOKMARK',
        object: {
          kind: 'Pod',
          apiVersion: 'v1',
          metadata: { resourceVersion: after },
        },
      },
    ]);
    // Nothing new to say.
    expect(await since(after)).toEqual([]);
  });

  it('lets an informer recover when the server was started anew', async () => {
    const options = { start: START, now: () => now };
    let server = await startDemoCluster({
      ...options,
      ports: { 'us-west': 0, 'eu-central': 0 },
    });
    const port = Number(new URL(server.urls['us-west']).port);
    const other = configOf(server.urls['us-west']);
    const otherCore = other.makeApiClient(CoreV1Api);
    const informer = makeInformer<V1Pod>(other, '/api/v1/pods', () =>
      otherCore.listPodForAllNamespaces(),
    );
    const failed = new Promise(resolve => {
      informer.on('error', resolve);
    });
    await informer.start();
    expect(await difference(informer, otherCore)).toEqual([]);

    await server.stop();
    await failed;
    now = new Date(now.getTime() + 2 * 3_600_000);
    server = await startDemoCluster({
      ...options,
      ports: { 'us-west': port, 'eu-central': 0 },
    });
    // It asks for changes since the version it has, is told 410, and lists again.
    await informer.start();
    expect(await difference(informer, otherCore)).toEqual([]);
    await informer.stop();
    await server.stop();
  }, 30_000);
});

describe('objects of the demo', () => {
  it('are on nodes that exist and have what they ask for', async () => {
    const { items: nodes } = await core.listNode();
    const { items: pods } = await core.listPodForAllNamespaces();
    const gpus = new Map(
      nodes.map(node => [
        node.metadata!.name!,
        Number(node.status!.allocatable!['nvidia.com/gpu'] ?? 0),
      ]),
    );
    for (const pod of pods.filter(p => p.status!.phase === 'Running')) {
      const node = pod.spec!.nodeName!;
      expect(gpus.has(node)).toBe(true);
      const asked = pod
        .spec!.containers.map(c => c.resources?.requests?.['nvidia.com/gpu'])
        .reduce((sum, count) => sum + Number(count ?? 0), 0);
      gpus.set(node, gpus.get(node)! - asked);
    }
    expect(Math.min(...gpus.values())).toBeGreaterThanOrEqual(0);
    const gpuNode = nodes.find(
      node =>
        node.metadata!.labels!['node.kubernetes.io/instance-type'] ===
        'g5.4xlarge',
    )!;
    expect(gpuNode.metadata!.labels).toMatchObject({
      'topology.kubernetes.io/region': 'us-west-2',
      'karpenter.sh/capacity-type': 'on-demand',
      'karpenter.sh/nodepool': 'gpu',
      'nvidia.com/gpu.product': 'NVIDIA-A10G',
      'nvidia.com/gpu.count': '1',
    });
  });

  it('keep their uid and agree with the telemetry', async () => {
    const { items } = await core.listPodForAllNamespaces();
    const again = await core.listPodForAllNamespaces();
    expect(again.items.map(pod => pod.metadata!.uid)).toEqual(
      items.map(pod => pod.metadata!.uid),
    );
    expect(new Set(items.map(pod => pod.metadata!.uid)).size).toBe(
      items.length,
    );
    const running = items.filter(pod => pod.status!.phase === 'Running');
    await moveOn(60);
    const end = new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000);
    const start = new Date(end.getTime() - 3_600_000);
    const { body } = await getJson(
      `/telemetry/v1/usage?start=${start.toISOString()}&end=${end.toISOString()}`,
    );
    const observed = new Set(
      body.containers.map(
        (c: Record<string, string>) => `${c.namespace}/${c.pod}/${c.node}`,
      ),
    );
    for (const pod of running) {
      expect(observed).toContain(
        `${pod.metadata!.namespace}/${pod.metadata!.name}/${
          pod.spec!.nodeName
        }`,
      );
    }
  });

  it('of jobs show their last runs', async () => {
    const day = 24 * 3_600_000;
    // In the evening, when none of them runs.
    now = new Date(
      Math.ceil(now.getTime() / day) * day + (20 * 60 + 10) * 60_000,
    );
    await moveOn(0);
    const batch = config.makeApiClient(BatchV1Api);
    const { items: jobs } = await batch.listNamespacedJob({
      namespace: 'ml-batch',
      labelSelector: 'app=batch-inference-processor',
    });
    expect(jobs).toHaveLength(3);
    expect(jobs.map(job => job.status?.succeeded)).toEqual([3, 3, 3]);
    const { items: pods } = await core.listNamespacedPod({
      namespace: 'ml-batch',
      labelSelector: 'app=batch-inference-processor',
      fieldSelector: 'status.phase=Succeeded',
    });
    expect(pods).toHaveLength(9);
  });

  it('have metrics, which client-node’s topPods can read', async () => {
    const top = await topPods(core, new Metrics(config), 'ml-serving');
    const akidb = top.filter(({ Pod }) =>
      Pod.metadata!.name!.startsWith('akidb-rest'),
    );
    expect(akidb).toHaveLength(4);
    for (const { CPU, Memory } of akidb) {
      expect(Number(CPU.CurrentUsage)).toBeGreaterThan(1);
      expect(Number(CPU.CurrentUsage)).toBeLessThan(8);
      expect(Number(CPU.RequestTotal)).toBe(8);
      expect(Number(Memory.CurrentUsage)).toBeGreaterThan(10 * 1024 ** 3);
    }
    const { body } = await getJson('/apis/metrics.k8s.io/v1beta1/nodes');
    expect(body.items.length).toBeGreaterThan(5);
    expect(
      (
        await getJson(
          '/apis/metrics.k8s.io/v1beta1/namespaces/ml-serving/pods/job-queue-0',
        )
      ).body.containers[0].name,
    ).toBe('nats');
  });
});
