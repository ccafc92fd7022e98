import {
  AppsV1Api,
  BatchV1Api,
  CoreV1Api,
  Informer,
  KubeConfig,
  makeInformer,
  Metrics,
  ObjectCache,
  topPods,
  V1Pod,
  VersionApi,
  Watch,
} from '@kubernetes/client-node';
import { request } from 'node:http';
import { createWorld } from '../world/createWorld';
import { DemoCluster, startDemoCluster } from '../startDemoCluster';

const START = new Date('2026-01-05T00:00:00Z');
/** A Thursday afternoon in us-west: everything runs. */
let now = new Date('2026-02-12T20:10:00Z');
let demo: DemoCluster;
let url: string;
let config: KubeConfig;
let core: CoreV1Api;
let apps: AppsV1Api;

beforeAll(async () => {
  demo = await startDemoCluster({
    start: START,
    now: () => now,
    keepMs: 3 * 3_600_000,
    ports: { 'us-west': 0, 'eu-central': 0 },
  });
  url = demo.urls['us-west'];
  config = configOf(url);
  core = config.makeApiClient(CoreV1Api);
  apps = config.makeApiClient(AppsV1Api);
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

/** What an informer has that a list hasn't, and the other way round, after it had time to catch up. */
async function difference(
  informer: Informer<V1Pod> & ObjectCache<V1Pod>,
  api: CoreV1Api,
): Promise<string[]> {
  const uidsOf = (pods: readonly V1Pod[]) =>
    new Set(pods.map(pod => pod.metadata!.uid!));
  const listed = uidsOf((await api.listPodForAllNamespaces()).items);
  for (let tries = 0; ; tries++) {
    const known = uidsOf(informer.list());
    const differ = [
      ...[...known].filter(uid => !listed.has(uid)),
      ...[...listed].filter(uid => !known.has(uid)),
    ];
    if (differ.length === 0 || tries === 100) {
      return differ;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
  }
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

interface Line {
  type: string;
  object: any;
}

/** The lines of a watch, until it ends or there are enough. */
async function watchLines(query: string, enough = Infinity): Promise<Line[]> {
  const aborting = new AbortController();
  const response = await fetch(`${url}/api/v1/pods?watch=true&${query}`, {
    signal: aborting.signal,
  });
  expect(response.status).toBe(200);
  const lines: Line[] = [];
  let rest = '';
  try {
    for await (const chunk of response.body!) {
      rest += Buffer.from(chunk).toString();
      const parts = rest.split('\n');
      rest = parts.pop()!;
      lines.push(...parts.map(part => JSON.parse(part)));
      if (lines.length >= enough) {
        aborting.abort();
      }
    }
  } catch (error) {
    if (!aborting.signal.aborted) {
      throw error;
    }
  }
  return lines;
}

describe('discovery', () => {
  it('says its version', async () => {
    const version = await config.makeApiClient(VersionApi).getCode();
    expect([version.major, version.minor]).toEqual(['1', '36']);
  });

  it('lists the groups and their resources', async () => {
    const { body: core1 } = await getJson('/api/v1');
    expect(core1.kind).toBe('APIResourceList');
    expect(core1.resources).toContainEqual(
      expect.objectContaining({ name: 'pods', kind: 'Pod', namespaced: true }),
    );
    const { body: groups } = await getJson('/apis');
    for (const { versions } of groups.groups) {
      for (const { groupVersion } of versions) {
        const { body } = await getJson(`/apis/${groupVersion}`);
        for (const resource of body.resources) {
          const list = await getJson(`/apis/${groupVersion}/${resource.name}`);
          expect(list.body.kind).toBe(`${resource.kind}List`);
        }
      }
    }
    expect((await getJson('/apis/apps')).body.preferredVersion.version).toBe(
      'v1',
    );
    expect((await getJson('/apis/nobody.example.com')).status).toBe(404);
  });
});

describe('get and list', () => {
  it('lists the pods of a namespace', async () => {
    const { items, metadata } = await core.listNamespacedPod({
      namespace: 'ml-serving',
    });
    const akidb = items.filter(
      pod => pod.metadata?.labels?.app === 'akidb-rest',
    );
    expect(metadata?.resourceVersion).toMatch(/^\d+$/);
    expect(akidb).toHaveLength(4);
    expect(akidb[0].status?.phase).toBe('Running');
    expect(akidb[0].metadata?.creationTimestamp).toBeInstanceOf(Date);
    expect(akidb[0].spec?.containers[0].resources).toEqual({
      requests: { cpu: '8', memory: '16Gi', 'nvidia.com/gpu': '1' },
      limits: { memory: '16Gi', 'nvidia.com/gpu': '1' },
    });
  });

  it('leaves kind and apiVersion out of items, as an API server does', async () => {
    const { body } = await getJson('/api/v1/pods?limit=1');
    expect(body.kind).toBe('PodList');
    expect(Object.keys(body.items[0]).sort()).toEqual([
      'metadata',
      'spec',
      'status',
    ]);
  });

  it('gets one object, and its status', async () => {
    const deployment = await apps.readNamespacedDeployment({
      namespace: 'ml-serving',
      name: 'akidb-rest',
    });
    expect(deployment.kind).toBe('Deployment');
    expect(deployment.spec?.replicas).toBe(4);
    const { status, body } = await getJson(
      '/apis/apps/v1/namespaces/ml-serving/deployments/akidb-rest/status',
    );
    expect([status, body.metadata.name]).toEqual([200, 'akidb-rest']);
    expect((await core.readNamespace({ name: 'storefront' })).kind).toBe(
      'Namespace',
    );
  });

  it('selects by labels, equality- and set-based', async () => {
    const names = async (labelSelector: string) =>
      new Set(
        (await core.listPodForAllNamespaces({ labelSelector })).items.map(
          pod => pod.metadata!.labels!.app,
        ),
      );
    expect(await names('backstage.io/kubernetes-id=akidb-rest')).toEqual(
      new Set(['akidb-rest']),
    );
    expect(await names('app in (akidb-rest, job-queue)')).toEqual(
      new Set(['akidb-rest', 'job-queue']),
    );
    expect(
      await names('backstage.io/kubernetes-id,app notin (akidb-rest)'),
    ).not.toContain('akidb-rest');
    expect(
      await names('!backstage.io/kubernetes-id,app=recommendation-api'),
    ).toEqual(new Set(['recommendation-api']));
  });

  it('selects by fields', async () => {
    const { items: nodes } = await core.listNode();
    const nodeName = nodes[0].metadata!.name!;
    const { items } = await core.listPodForAllNamespaces({
      fieldSelector: `spec.nodeName=${nodeName},status.phase=Running`,
    });
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(pod => pod.spec?.nodeName === nodeName)).toBe(true);
    const unknown = await getJson('/api/v1/pods?fieldSelector=spec.foo%3D1');
    expect(unknown).toMatchObject({
      status: 400,
      body: { kind: 'Status', reason: 'BadRequest' },
    });
  });

  it('pages, and the pages are one consistent list', async () => {
    const all = await core.listPodForAllNamespaces();
    const names: string[] = [];
    let token: string | undefined;
    let remaining = Infinity;
    do {
      const page: Awaited<ReturnType<typeof core.listPodForAllNamespaces>> =
        await core.listPodForAllNamespaces({ limit: 17, _continue: token });
      names.push(...page.items.map(pod => pod.metadata!.name!));
      token = page.metadata?._continue;
      expect(page.metadata?.remainingItemCount ?? 0).toBeLessThan(remaining);
      remaining = page.metadata?.remainingItemCount ?? 0;
      expect(page.metadata?.resourceVersion).toBe(
        all.metadata?.resourceVersion,
      );
      // What happens meanwhile is not part of it.
      await moveOn(0.5);
    } while (token);
    expect(names).toEqual(all.items.map(pod => pod.metadata!.name));
  });

  it('answers 410 to a page of a list that is too old', async () => {
    const first = await getJson('/api/v1/pods?limit=5');
    for (let i = 0; i < 5; i++) {
      await moveOn(60);
    }
    const late = await getJson(
      `/api/v1/pods?limit=5&continue=${first.body.metadata.continue}`,
    );
    expect(late).toMatchObject({
      status: 410,
      body: { kind: 'Status', reason: 'Expired', code: 410 },
    });
    const garbage = await getJson('/api/v1/pods?limit=5&continue=garbage');
    expect(garbage).toMatchObject({
      status: 400,
      body: { message: 'continue key is not valid' },
    });
  });

  it('reads at a version, exactly or not older', async () => {
    const before = await getJson('/api/v1/pods');
    const version = before.body.metadata.resourceVersion;
    await moveOn(60);
    const exact = await getJson(
      `/api/v1/pods?resourceVersion=${version}&resourceVersionMatch=Exact`,
    );
    expect(exact.body).toEqual(before.body);
    const atLeast = await getJson(
      `/api/v1/pods?resourceVersion=${version}&resourceVersionMatch=NotOlderThan`,
    );
    expect(Number(atLeast.body.metadata.resourceVersion)).toBeGreaterThan(
      Number(version),
    );
    expect((await getJson('/api/v1/pods?resourceVersion=0')).status).toBe(200);
    expect(
      await getJson('/api/v1/pods?resourceVersion=99999999999'),
    ).toMatchObject({ status: 504, body: { reason: 'Timeout' } });
    expect(
      await getJson('/api/v1/pods?resourceVersionMatch=Exact'),
    ).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
    expect((await getJson('/api/v1/pods?resourceVersion=abc')).status).toBe(
      400,
    );
  });
});

describe('what is not there', () => {
  it('is a 404 with a Status', async () => {
    await expect(
      core.readNamespacedPod({ namespace: 'ml-serving', name: 'nobody' }),
    ).rejects.toMatchObject({ code: 404 });
    expect(
      await getJson('/apis/apps/v1/namespaces/x/deployments/y'),
    ).toMatchObject({
      status: 404,
      body: {
        kind: 'Status',
        reason: 'NotFound',
        message: 'deployments.apps "y" not found',
        details: { name: 'y', group: 'apps', kind: 'deployments' },
      },
    });
    for (const path of [
      '/api/v1/unicorns',
      '/apis/apps/v2/deployments',
      '/api/v1/pods/no-namespace',
      '/api/v1/namespaces/x/nodes',
      '/api/v1/namespaces/ml-serving/pods/job-queue-0/log',
    ]) {
      expect(await getJson(path)).toMatchObject({
        status: 404,
        body: { kind: 'Status' },
      });
    }
  });

  it('is a 400 for what makes no sense', async () => {
    for (const path of [
      '/api/v1/pods?limit=many',
      '/api/v1/pods?watch=perhaps',
      '/api/v1/pods?labelSelector=a&labelSelector=b',
      '/api/v1/pods?labelSelector=app%3D%3D%3Dx',
      '/api/v1/namespaces/%E0%A4%A/pods',
    ]) {
      expect(await getJson(path)).toMatchObject({
        status: 400,
        body: { kind: 'Status', reason: 'BadRequest' },
      });
    }
  });

  it('is an empty list in a namespace nobody made', async () => {
    const list = await core.listNamespacedPod({ namespace: 'nowhere' });
    expect(list.items).toEqual([]);
  });

  it('is a 405 for writes', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(
        await getJson('/api/v1/namespaces/ml-serving/pods/job-queue-0', {
          method,
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

describe('watch', () => {
  it('sends what changes after a version', async () => {
    const { metadata } = await core.listPodForAllNamespaces();
    const version = metadata!.resourceVersion;
    await moveOn(60);
    const lines = await watchLines(
      `resourceVersion=${version}&timeoutSeconds=1`,
    );
    expect(lines.length).toBeGreaterThan(0);
    const versions = lines.map(({ object }) =>
      Number(object.metadata.resourceVersion),
    );
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(versions[0]).toBeGreaterThan(Number(version));
    expect(lines[0].object.kind).toBe('Pod');
  });

  it('begins with what exists when no version is given', async () => {
    const { items } = await core.listNamespacedPod({
      namespace: 'ml-serving',
    });
    const lines = await watchLines(
      'fieldSelector=metadata.namespace%3Dml-serving&timeoutSeconds=1',
    );
    expect(lines.map(({ type }) => type)).toEqual(items.map(() => 'ADDED'));
  });

  it('bookmarks at its end, when asked to', async () => {
    const { metadata } = await core.listPodForAllNamespaces();
    const version = metadata!.resourceVersion!;
    const query = `resourceVersion=${version}&timeoutSeconds=1`;
    expect(await watchLines(query)).toEqual([]);
    expect(await watchLines(`${query}&allowWatchBookmarks=true`)).toEqual([
      {
        type: 'BOOKMARK',
        object: {
          kind: 'Pod',
          apiVersion: 'v1',
          metadata: { resourceVersion: version, creationTimestamp: null },
        },
      },
    ]);
  });

  it('sends initial events and says when they are over', async () => {
    const { items } = await core.listPodForAllNamespaces();
    const lines = await watchLines(
      'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=5',
      items.length + 1,
    );
    expect(lines.slice(0, -1).every(({ type }) => type === 'ADDED')).toBe(true);
    expect(lines).toHaveLength(items.length + 1);
    expect(lines.at(-1)).toMatchObject({
      type: 'BOOKMARK',
      object: {
        metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } },
      },
    });
    expect(
      await getJson('/api/v1/pods?watch=true&sendInitialEvents=true'),
    ).toMatchObject({ status: 422 });
  });

  it('says 410 in the stream when the version is too old', async () => {
    const lines = await watchLines('resourceVersion=1&timeoutSeconds=5');
    expect(lines).toEqual([
      {
        type: 'ERROR',
        object: expect.objectContaining({
          kind: 'Status',
          code: 410,
          reason: 'Expired',
        }),
      },
    ]);
  });

  it('turns objects that leave the selection into deletions', async () => {
    const { metadata } = await core.listPodForAllNamespaces();
    const { name, created, from } = nextWaitingPod();
    for (const seconds of [created + 10, from + 20]) {
      now = new Date(START.getTime() + seconds * 1000);
      await getJson('/api/v1/namespaces');
    }
    const typesOf = async (more: string) => {
      const lines = await watchLines(
        `resourceVersion=${
          metadata!.resourceVersion
        }&timeoutSeconds=1&fieldSelector=metadata.name%3D${name}${more}`,
      );
      return lines.map(({ type, object }) => [type, object.status.phase]);
    };
    expect(await typesOf('')).toEqual([
      ['ADDED', 'Pending'],
      ['MODIFIED', 'Running'],
    ]);
    expect(await typesOf(',status.phase%3DPending')).toEqual([
      ['ADDED', 'Pending'],
      ['DELETED', 'Pending'],
    ]);
    expect(await typesOf(',status.phase%3DRunning')).toEqual([
      ['ADDED', 'Running'],
    ]);
  }, 15_000);

  it('works with client-node’s Watch', async () => {
    const { metadata } = await core.listPodForAllNamespaces();
    await moveOn(60);
    const seen: string[] = [];
    const watching = new Watch(config);
    await new Promise<void>((resolve, reject) => {
      watching
        .watch(
          '/api/v1/pods',
          { resourceVersion: metadata!.resourceVersion, timeoutSeconds: 1 },
          type => seen.push(type),
          error => (error ? reject(error) : resolve()),
        )
        .catch(reject);
    });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).not.toContain('ERROR');
  });

  it('keeps an informer true', async () => {
    const informer = makeInformer<V1Pod>(config, '/api/v1/pods', () =>
      core.listPodForAllNamespaces(),
    );
    const errors: unknown[] = [];
    informer.on('error', error => errors.push(error));
    await informer.start();
    expect(await difference(informer, core)).toEqual([]);
    await moveOn(60);
    expect(await difference(informer, core)).toEqual([]);
    expect(errors).toEqual([]);
    await informer.stop();
  }, 30_000);

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

describe('objects', () => {
  it('refer to each other', async () => {
    const paths = [
      'api/v1/pods',
      'apis/apps/v1/replicasets',
      'apis/apps/v1/deployments',
      'apis/apps/v1/statefulsets',
      'apis/apps/v1/daemonsets',
      'apis/batch/v1/jobs',
      'apis/batch/v1/cronjobs',
    ];
    const objects = new Map<string, any>();
    for (const path of paths) {
      const { body } = await getJson(`/${path}`);
      for (const item of body.items) {
        objects.set(item.metadata.uid, {
          ...item,
          kind: body.kind.replace(/List$/, ''),
        });
      }
    }
    const tops = new Map<string, Set<string>>();
    for (const object of objects.values()) {
      let top = object;
      const kinds = [object.kind];
      while (top.metadata.ownerReferences) {
        const [reference] = top.metadata.ownerReferences;
        top = objects.get(reference.uid);
        expect(top).toMatchObject({
          kind: reference.kind,
          metadata: {
            name: reference.name,
            namespace: object.metadata.namespace,
          },
        });
        kinds.push(top.kind);
      }
      if (object.kind === 'Pod') {
        const chain = kinds.join('→');
        tops.set(chain, (tops.get(chain) ?? new Set()).add(top.metadata.name));
      }
    }
    expect([...tops.keys()].sort()).toEqual([
      'Pod',
      'Pod→DaemonSet',
      'Pod→Job→CronJob',
      'Pod→ReplicaSet→Deployment',
      'Pod→StatefulSet',
    ]);
  });

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
      body.containers.map((c: any) => `${c.namespace}/${c.pod}/${c.node}`),
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
