import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { createKubernetesAccess } from './KubernetesAccess';
import { readInventory } from './readInventory';

type Reply = { status?: number; body?: unknown; raw?: string } | 'hang';

const empty = { body: { metadata: {}, items: [] } };
const VPAS = '/apis/autoscaling.k8s.io/v1/verticalpodautoscalers';
const KEDA = '/apis/keda.sh/v1alpha1/scaledobjects';
const failure = (status: number) => ({
  status,
  body: { kind: 'Status', message: 'hunter2 of 10.0.0.1', code: status },
});

let server: Server;
let requests: IncomingMessage[];
let reply: (path: string, query: URLSearchParams) => Reply;

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    const { pathname, searchParams } = new URL(request.url!, 'http://x');
    const answer = reply(pathname, searchParams);
    if (answer !== 'hang') {
      response.statusCode = answer.status ?? 200;
      response.end(answer.raw ?? JSON.stringify(answer.body));
    }
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function kubeConfig() {
  const { port } = server.address() as AddressInfo;
  const access = createKubernetesAccess({
    config: new ConfigReader({
      headroom: {
        clusters: [
          {
            name: 'us-west',
            kubernetes: { url: `http://127.0.0.1:${port}`, token: 'secret' },
          },
        ],
      },
    }),
    logger: mockServices.logger.mock(),
  });
  return access.kubeConfigFor('us-west')!;
}

const { signal } = new AbortController();
const read = (more: object = {}) =>
  readInventory(kubeConfig(), { signal, timeoutMs: 2000, ...more });

async function messageOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'nothing was thrown',
    error => `${error.name}: ${error.message}`,
  );
}

describe('readInventory', () => {
  it('signs in, asks for pages of 500 and follows them to the end', async () => {
    const pages = new Map([
      [null, { items: ['a', 'b'], next: '2/3' }],
      ['2/3', { items: ['c'], next: '' }],
    ]);
    reply = (path, query) => {
      if (path !== '/api/v1/pods') {
        return empty;
      }
      const page = pages.get(query.get('continue'))!;
      return {
        body: {
          metadata: { continue: page.next },
          items: page.items.map(name => ({
            metadata: { namespace: 'x', name, uid: name },
            spec: { containers: [] },
          })),
        },
      };
    };
    const { workloads, steering, unreadable, readAt } = await read();
    expect(workloads.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect([steering, unreadable]).toEqual([[], []]);
    expect(Date.parse(readAt)).toBeGreaterThan(0);
    expect(requests[0].headers.authorization).toBe('Bearer secret');
    expect(requests.every(({ url }) => url?.includes('limit=500'))).toBe(true);
  });

  it('goes on where a list that is too old says one can', async () => {
    let expired = false;
    reply = (path, query) => {
      if (path !== '/apis/apps/v1/daemonsets') {
        return empty;
      }
      const token = query.get('continue');
      const item = (name: string) => ({
        metadata: { namespace: 'x', name, uid: name },
        spec: { template: { spec: { containers: [] } } },
      });
      if (token === null) {
        return { body: { metadata: { continue: 'old' }, items: [item('a')] } };
      }
      if (token === 'old') {
        expired = true;
        return {
          status: 410,
          body: { kind: 'Status', metadata: { continue: 'fresh' } },
        };
      }
      return { body: { metadata: {}, items: [item('b')] } };
    };
    const { workloads } = await read();
    expect(expired).toBe(true);
    expect(workloads.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('takes kinds that are not installed for none', async () => {
    reply = path =>
      [VPAS, KEDA].includes(path)
        ? { status: 404, raw: '404 page not found\n' }
        : empty;
    const { steering, unreadable } = await read();
    expect([steering, unreadable]).toEqual([[], []]);
  });

  it.each<[string, Reply, RegExp]>([
    ['403', failure(403), /don't allow listing vert.* of cluster us-west/],
    ['500', failure(500), /failed to list vert.*\(HTTP 500\)/],
    ['a page that is no list', { body: {} }, /is no list/],
    ['no answer in time', 'hang', /within 2 s/],
  ])('names steering kinds it can’t read: %s', async (_, answer, reason) => {
    reply = path => (path === VPAS ? answer : empty);
    const { unreadable, steering } = await read();
    expect(steering).toEqual([]);
    expect(unreadable).toEqual([
      { kind: 'VerticalPodAutoscaler', reason: expect.stringMatching(reason) },
    ]);
    expect(unreadable[0].reason).not.toContain('hunter2');
  });

  it('takes one malformed object for no more than itself', async () => {
    const metadata = (name: string) => ({ namespace: 'a', name, uid: name });
    const item = (name: string, spec: unknown) => ({
      metadata: metadata(name),
      spec,
    });
    const items = [
      item('odd', { scaleTargetRef: { name: 'web' }, triggers: 'none' }),
      item('lost', undefined),
      item('nameless', { scaleTargetRef: {} }),
      item('nul', {
        scaleTargetRef: { name: 'db' },
        triggers: [{ type: 'cpu', metadata: { containerName: 'a\0' } }],
      }),
      item('good', { scaleTargetRef: { name: 'cart' } }),
    ];
    reply = path => (path === KEDA ? { body: { metadata: {}, items } } : empty);
    const { unreadable, steering } = await read();
    expect(steering.map(({ name }) => name)).toEqual(['good']);
    const entry = (name: string) => ({
      kind: 'ScaledObject',
      object: `a/${name}`,
      reason: `ScaledObject a/${name} is not of the expected form`,
    });
    const deployment = { namespace: 'a', kind: 'Deployment' };
    expect(unreadable).toEqual([
      { ...entry('odd'), target: { ...deployment, name: 'web' } },
      entry('lost'),
      entry('nameless'),
      { ...entry('nul'), target: { ...deployment, name: 'db' } },
    ]);
  });

  it('skips a workload that is malformed, says so, and has all others', async () => {
    const metadata = (name: string, more: object = {}) => ({
      namespace: 'shop',
      name,
      uid: `uid-${name}`,
      ...more,
    });
    const container = { name: 'main', image: 'img' };
    const spec = (containers: unknown) => ({
      template: { metadata: null, spec: { containers } },
    });
    const sound = {
      metadata: metadata('sound', { annotations: null, labels: null }),
      spec: spec([{ ...container, resources: null }]),
    };
    const ownedBy = (kind: string, name: string) => ({
      ownerReferences: [
        { apiVersion: 'x/v1', kind, name, uid: 'u', controller: true },
      ],
    });
    const items: Record<string, unknown[]> = {
      '/apis/apps/v1/deployments': [
        { metadata: metadata('bare') },
        sound,
        { metadata: metadata('idle'), spec: spec(null) },
        { metadata: metadata('text'), spec: spec('none') },
        null,
      ],
      '/apis/argoproj.io/v1alpha1/rollouts': [
        { metadata: metadata('odd'), spec: spec([{ name: 'a\0' }]) },
        {
          metadata: metadata('many'),
          spec: { ...spec([container]), replicas: 'all' },
        },
        { metadata: metadata('canary'), spec: spec([container]) },
      ],
      '/apis/apps/v1/replicasets': [
        { metadata: metadata('odd-1', ownedBy('Rollout', 'odd')) },
      ],
      '/api/v1/pods': [
        { metadata: metadata('lost') },
        { metadata: metadata('alone'), spec: { containers: [container] } },
      ],
      '/api/v1/nodes': [{ metadata: { name: 'n1', uid: 'n1' } }, {}],
      '/api/v1/limitranges': [
        { metadata: metadata('odd'), spec: { limits: 'none' } },
      ],
    };
    reply = path => ({ body: { metadata: {}, items: items[path] ?? [] } });
    const { workloads, labels, unreadable, limits } = await read();
    expect(workloads.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'Deployment sound',
      'Pod alone',
      'Rollout canary',
    ]);
    expect(labels.nodes?.map(({ name }) => name)).toEqual(['n1']);
    expect(limits).toEqual([]);
    const reason = (text: string) => `${text} is not of the expected form`;
    const entry = (kind: string, name: string, of = { kind, name }) => ({
      kind,
      object: `shop/${name}`,
      reason: reason(`${kind} shop/${name}`),
      target: { namespace: 'shop', ...of },
    });
    expect(unreadable).toEqual([
      {
        kind: 'LimitRange',
        object: 'shop',
        reason: reason('LimitRange shop/odd'),
      },
      entry('Deployment', 'bare'),
      entry('Deployment', 'idle'),
      entry('Deployment', 'text'),
      {
        kind: 'Deployment',
        object: '/(no name)',
        reason: reason('Deployment /(no name)'),
      },
      entry('Rollout', 'odd'),
      entry('Rollout', 'many'),
      entry('ReplicaSet', 'odd-1', { kind: 'Rollout', name: 'odd' }),
      entry('Pod', 'lost'),
      { kind: 'Node', object: '/(no name)', reason: reason('Node /(no name)') },
    ]);
  });

  it.each<[string, Reply, RegExp]>([
    ['401', failure(401), /refused the configured credentials.*HTTP 401/],
    ['403', failure(403), /don't allow listing pods/],
    ['404', failure(404), /doesn't serve pods/],
    ['500', failure(500), /failed to list pods/],
    ['no JSON', { raw: '<html>hunter2' }, /is no list/],
    ['no answer in time', 'hang', /within 2 s/],
  ])(
    'throws one sentence when workloads answer %s',
    async (_, answer, text) => {
      reply = path => (path === '/api/v1/pods' ? answer : empty);
      const message = await messageOf(read());
      expect(message).toMatch(text);
      expect(message).toMatch(/^ServiceUnavailableError|^KubernetesApiError/);
      expect(message).not.toContain('hunter2');
      expect(message).not.toContain('127.0.0.1');
    },
  );

  it.each([401, 403])(
    'says that no credentials are configured where none are (%i)',
    async status => {
      reply = () => failure(status);
      const config = kubeConfig();
      config.users[0] = { name: 'us-west' };
      const message = await messageOf(
        readInventory(config, { signal, timeoutMs: 2000 }),
      );
      expect(message).toMatch(
        /none are configured: put a token under headroom.clusters\[\].kubernetes.token/,
      );
    },
  );

  it('says that a token can’t be sent without saying it', async () => {
    const config = kubeConfig();
    config.users[0] = { name: 'us-west', token: 'hunter2\n' };
    const message = await messageOf(
      readInventory(config, { signal, timeoutMs: 2000 }),
    );
    expect(message).toMatch(/line break/);
    expect(message).not.toContain('hunter2');
  });

  it('asks for fewer at once where a page is too large, and gives up on an object that is', async () => {
    const pod = (name: string, bytes: number) => ({
      metadata: {
        namespace: 'x',
        name,
        uid: name,
        annotations: { a: 'x'.repeat(bytes) },
      },
      spec: { containers: [] },
    });
    let bytes = 300_000;
    reply = (path, query) => {
      if (path !== '/api/v1/pods') {
        return empty;
      }
      const from = Number(query.get('continue') ?? 0);
      const to = Math.min(60, from + Number(query.get('limit')));
      const items = [];
      for (let at = from; at < to; at++) {
        items.push(pod(`pod-${at}`, bytes));
      }
      return {
        body: { metadata: { continue: to < 60 ? String(to) : '' }, items },
      };
    };
    const patient = { timeoutMs: 20_000 };
    const { workloads } = await read(patient);
    expect(workloads).toHaveLength(60);
    expect(
      requests.flatMap(
        ({ url }) => /v1\/pods\?limit=(\d+)/.exec(url!)?.[1] ?? [],
      ),
    ).toEqual(['500', '50', '50']);
    bytes = 5_000_000;
    expect(await messageOf(read(patient))).toMatch(
      /more than 16 MiB for a page of pods of cluster us-west/,
    );
  }, 30_000);

  it('throws when nobody listens', async () => {
    const config = kubeConfig();
    config.clusters[0] = {
      ...config.clusters[0],
      server: 'http://127.0.0.1:1',
    };
    expect(
      await messageOf(readInventory(config, { signal, timeoutMs: 2000 })),
    ).toMatch(
      /can't be reached for deployments of cluster us-west: nothing listens.*\(ECONNREFUSED\)/,
    );
  });

  it.each([
    '/apis/argoproj.io/v1alpha1/rollouts',
    '/apis/apps.openshift.io/v1/deploymentconfigs',
    '/api/v1/replicationcontrollers',
    '/api/v1/nodes',
  ])(
    'goes on without %s, which it may not list',
    async forbidden => {
      for (const status of [403, 404, 500]) {
        reply = path => (path === forbidden ? failure(status) : empty);
        const { unreadable, labels } = await read();
        expect(unreadable).toEqual([]);
        expect(labels.nodes === undefined).toBe(forbidden.endsWith('/nodes'));
      }
    },
    20_000,
  );

  it('has the labels of nodes and of pod templates by their own keys', async () => {
    const metadata = (name: string, more: object = {}) => ({
      name,
      uid: `uid-${name}`,
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...more,
    });
    const items: Record<string, object[]> = {
      '/api/v1/nodes': [
        {
          metadata: metadata('n1', {
            labels: {
              'node.kubernetes.io/instance-type': 'm5.2xlarge',
              'feature.node.kubernetes.io/cpu-cpuid.AVX': 'true',
            },
          }),
        },
        { metadata: metadata('n2') },
      ],
      '/apis/apps/v1/deployments': [
        {
          metadata: metadata('web', { namespace: 'shop' }),
          spec: {
            template: {
              metadata: { labels: { appName: 'web' } },
              spec: { containers: [] },
            },
          },
        },
      ],
    };
    reply = path => ({ body: { metadata: {}, items: items[path] ?? [] } });
    const { labels } = await read();
    const node = { createdAt: '2026-01-01T00:00:00Z' };
    expect(labels).toEqual({
      nodes: [
        {
          ...node,
          name: 'n1',
          uid: 'uid-n1',
          labels: { 'node.kubernetes.io/instance-type': 'm5.2xlarge' },
        },
        { ...node, name: 'n2', uid: 'uid-n2', labels: {} },
      ],
      workloads: [
        {
          namespace: 'shop',
          kind: 'Deployment',
          name: 'web',
          labels: { appName: 'web' },
        },
      ],
    });
  });

  it('asks again when the API server is busy', async () => {
    let times = 0;
    reply = path => {
      if (path !== VPAS) {
        return empty;
      }
      times++;
      return times < 2 ? failure(429) : empty;
    };
    await expect(read()).resolves.toMatchObject({ unreadable: [] });
    expect(times).toBe(2);
  });

  it('stops when it is told to', async () => {
    reply = () => 'hang';
    const stopping = new AbortController();
    const reading = readInventory(kubeConfig(), { signal: stopping.signal });
    setTimeout(() => stopping.abort(new Error('enough')), 20);
    await expect(reading).rejects.toThrow('enough');
  });
});
