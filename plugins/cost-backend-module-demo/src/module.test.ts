import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import {
  costSourcesExtensionPoint,
  PriceSource,
  BillSource,
  ServiceLevelSource,
  UnitMetricSource,
  UsageSource,
} from '@headroom/plugin-cost-node';
import { inEnglish } from '@headroom/plugin-cost-common/testUtils';
import { DemoCluster, startDemoCluster } from '@headroom/demo-cluster';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import costModuleDemo from '.';
import { checkDemo } from './checkDemo';
import { TelemetryClient } from './TelemetryClient';

const NOW = new Date('2026-03-10T12:34:00Z');
const START = new Date('2026-03-01T00:00:00Z');

let demo: DemoCluster;
let usage: UsageSource;
let prices: PriceSource;
let units: UnitMetricSource;
let levels: ServiceLevelSource;
let bill: BillSource;
const NO_TURN = {
  notes: { read: async () => undefined, write: async () => {} },
  covered: new Set<string>(),
  unread: new Set<string>(),
};
let stopBackend: () => Promise<void>;

function cluster(url: string, more: object = {}): ClusterConfig {
  return {
    name: 'us-west',
    title: 'US West',
    labels: {},
    sections: { demo: { url, timeoutSeconds: 10, ...more } },
  };
}

function query(
  start: string,
  end: string,
  config = cluster(demo.urls['us-west']),
) {
  return {
    cluster: config,
    start: new Date(start),
    end: new Date(end),
    signal: new AbortController().signal,
  };
}

const GIB = 1024 ** 3;

function sumOf<T>(items: T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

/** Within a tenth: the demo varies what it does by the hour and by the day. */
function expectNear(value: number, mean: number): void {
  expect(value).toBeGreaterThan(0.9 * mean);
  expect(value).toBeLessThan(1.1 * mean);
}

const DAY = ['2026-03-04T00:00:00Z', '2026-03-05T00:00:00Z'] as const;

beforeAll(async () => {
  demo = await startDemoCluster({
    start: START,
    now: () => NOW,
    ports: { 'us-west': 0, 'eu-central': 0 },
  });
  const backend = await startTestBackend({
    extensionPoints: [
      [
        costSourcesExtensionPoint,
        {
          addUsageSource: source => (usage = source),
          addPriceSource: source => (prices = source),
          addUnitMetricSource: source => (units = source),
          addServiceLevelSource: source => (levels = source),
          addBillSource: source => (bill = source),
          addAllocationSource: () => {
            throw new Error('the demo allocates nothing');
          },
        },
      ],
    ],
    features: [costModuleDemo],
  });
  stopBackend = () => backend.stop();
}, 60_000);

afterAll(async () => {
  await stopBackend?.();
  await demo?.stop();
});

describe('the module', () => {
  it('registers one source of each kind, for clusters with a demo endpoint', () => {
    const prometheusOnly = { ...cluster('http://x'), sections: {} };
    for (const source of [usage, prices, units, levels]) {
      expect(source.id).toBe('demo');
      expect(source.supports(cluster('http://x'))).toBe(true);
      expect(source.supports(prometheusOnly)).toBe(false);
    }
    expect(usage.simulated).toBe(true);
  });

  it.each<[string, Record<string, string | number>, string]>([
    [
      'an endpoint that is none',
      { url: 'demo:7080' },
      "headroom.clusters[0].demo.url 'demo:7080': must start with http:// or https://",
    ],
    ['no URL', {}, 'headroom.clusters[0].demo.url'],
    [
      'a key that nothing reads',
      { url: 'http://127.0.0.1:7080', seed: 1 },
      'headroom.clusters[0].demo',
    ],
  ])('refuses %s, and says where it is', async (_, section, sentence) => {
    const started = startTestBackend({
      extensionPoints: [
        [
          costSourcesExtensionPoint,
          {
            addUsageSource() {},
            addPriceSource() {},
            addUnitMetricSource() {},
            addServiceLevelSource() {},
            addBillSource() {},
            addAllocationSource() {},
          },
        ],
      ],
      features: [
        costModuleDemo,
        mockServices.rootConfig.factory({
          data: { headroom: { clusters: [{ name: 'a', demo: section }] } },
        }),
      ],
    });
    await expect(started).rejects.toThrow(sentence);
  });
});

describe('the check', () => {
  async function check(config = cluster(demo.urls['us-west']), now = NOW) {
    const steps = [];
    const client = TelemetryClient.create({
      logger: mockServices.logger.mock(),
    });
    const { signal } = new AbortController();
    for await (const step of checkDemo(client, config, signal, now)) {
      steps.push(step);
    }
    const findings = steps.flatMap(step =>
      step.kind === 'finding' ? [step.finding] : [],
    );
    for (const { sentence, effect, wording } of findings) {
      expect(inEnglish(wording?.effect)).toBe(effect);
      expect(inEnglish(wording?.sentence)).toBe(sentence);
    }
    return { steps, findings };
  }

  it('says that it is a simulation, and what it has', async () => {
    const { steps, findings } = await check();
    expect(findings.map(({ id, severity }) => `${severity} ${id}`)).toEqual([
      'note simulation',
      'right history',
      'right last-hour',
    ]);
    expect(findings[1].sentence).toContain('since 2026-03-01');
    expect(findings[2].sentence).toMatch(
      /until 12:00 UTC it had [1-9]\d* nodes, [1-9]\d* containers, \d+ volumes and [1-9]\d* GPUs/,
    );
    expect(steps.at(-1)).toMatchObject({
      kind: 'nodes',
      nodes: expect.arrayContaining([
        {
          count: expect.any(Number),
          node: expect.objectContaining({ instanceType: expect.any(String) }),
        },
      ]),
    });
  });

  it('says when its clock is another, and when it does not answer', async () => {
    const later = await check(undefined, new Date('2026-04-01T00:00:00Z'));
    expect(later.findings.at(-1)).toMatchObject({ severity: 'missing' });
    const down = await check(cluster('http://127.0.0.1:1'));
    expect(down.findings.at(-1)).toMatchObject({
      id: 'unanswered',
      severity: 'wrong',
    });
  });

  it('is offered by the source', () => {
    expect(usage.check).toBeDefined();
  });
});

describe('usage', () => {
  it('is what the world used, hour by hour', async () => {
    const { containers, nodes, volumes, network, missingHours, queries } =
      await usage.observe(query(...DAY));
    const hours = new Set(containers.map(({ hour }) => hour));
    expect([hours.size, missingHours, queries]).toEqual([24, [], 1]);
    expect(nodes.every(({ region }) => region === 'us-west-2')).toBe(true);
    // A general node has eight cores and 32 GiB; they are three at least.
    const general = nodes.filter(({ nodePool }) => nodePool === 'general');
    expect(general.length).toBeGreaterThanOrEqual(24 * 3);
    for (const node of general) {
      expect(node).toMatchObject({
        instanceType: 'm6i.2xlarge',
        capacityType: 'on-demand',
        cpuCores: 8,
        memoryBytes: 32 * GIB,
        gpuDevices: 0,
      });
      expect(node.upSeconds).toBeLessThanOrEqual(3600);
    }
    const queue = volumes.filter(({ claim }) => claim === 'data-job-queue-0');
    expect(queue).toHaveLength(24);
    expect(queue[0]).toMatchObject({
      namespace: 'ml-serving',
      storageClass: 'gp3',
      capacityByteSeconds: 50 * GIB * 3600,
      pods: ['job-queue-0'],
    });
    // The embedding API sends 2.2 GiB a pod and hour to other zones, in the mean.
    const crossZone = sumOf(
      network.filter(({ pod }) => pod.startsWith('akidb-rest-')),
      ({ crossZoneBytes = 0 }) => crossZoneBytes,
    );
    expectNear(crossZone, 24 * 4 * 2.2 * GIB);
    const akidb = containers.filter(c => c.workload === 'akidb-rest');
    expect(akidb).toHaveLength(24 * 4);
    expect(akidb[0]).toMatchObject({
      namespace: 'ml-serving',
      workloadKind: 'Deployment',
      container: 'akidb',
      labels: { 'backstage.io/kubernetes-id': 'akidb-rest' },
      runSeconds: 3600,
      cpuRequestCoreSeconds: 8 * 3600,
      memoryRequestByteSeconds: 16 * GIB * 3600,
      gpuRequestDeviceSeconds: 3600,
    });
    // It asks for 8 cores and 16 GiB, and uses about 4.5 and 11; it pays for what it asked for.
    const seconds = sumOf(akidb, ({ runSeconds }) => runSeconds);
    const cores = sumOf(akidb, each => each.cpuUsageCoreSeconds ?? 0);
    const bytes = sumOf(akidb, each => each.memoryUsageByteSeconds ?? 0);
    expectNear(cores / seconds, 4.5);
    expectNear(bytes / seconds, 11 * GIB);
    for (const each of akidb) {
      expect(each.cpuChargedCoreSeconds).toBeGreaterThanOrEqual(
        each.cpuRequestCoreSeconds ?? Infinity,
      );
    }
  });

  it('says what happened within the hour, and what a container was allowed', async () => {
    const { containers } = await usage.observe(query(...DAY));
    const checkout = containers.find(c => c.workload === 'checkout-api')!;
    expect(checkout).toMatchObject({
      specKnown: true,
      cpuLimitCores: 0.6,
      memoryLimitBytes: 768 * 1024 ** 2,
      oomKills: 0,
      restarts: 0,
      startedAt: expect.stringMatching(/^2026-03-0\d.*Z$/),
    });
    // Its limit is below what it wants in the afternoon, and above at night.
    const throttled = containers
      .filter(c => c.workload === 'checkout-api')
      .map(({ throttledShare }) => throttledShare ?? -1);
    expect(Math.min(...throttled)).toBe(0);
    expect(Math.max(...throttled)).toBeGreaterThan(0);
    expect(Math.max(...throttled)).toBeLessThanOrEqual(1);
    expect(checkout.samples!.cpuCores).toHaveLength(12);
    expect(checkout.samples!.memoryBytes).toHaveLength(12);
    const run = containers.find(c => c.workload === 'invoice-run')!;
    expect(run.run).toMatch(/^invoice-run-\d+$/);
    expect(run.samples!.cpuCores).toContain(null);
  });

  it('says what each GPU did, and who held it', async () => {
    const { devices } = await usage.observe(query(...DAY));
    const sharings = new Set(devices!.map(({ sharing }) => sharing));
    expect(sharings).toEqual(new Set(['whole', 'time-slicing', 'mig']));
    const chat = devices!.find(({ profile }) => profile === '3g.40gb')!;
    expect(chat).toMatchObject({
      boardShare: 0.5,
      basis: 'engine-active',
      tenants: [{ namespace: 'ml-serving', heldSeconds: 3600 }],
      tenantsKnown: true,
    });
  });

  it('says which hours it has nothing of, before the history and after now', async () => {
    const before = await usage.observe(
      query('2026-02-28T22:00:00Z', '2026-03-01T01:00:00Z'),
    );
    expect(before.missingHours).toEqual([
      '2026-02-28T22:00:00.000Z',
      '2026-02-28T23:00:00.000Z',
    ]);
    const after = await usage.observe(
      query('2026-03-10T11:00:00Z', '2026-03-10T13:00:00Z'),
    );
    expect(after.missingHours).toEqual(['2026-03-10T12:00:00.000Z']);
    expect(new Set(after.containers.map(({ hour }) => hour))).toEqual(
      new Set(['2026-03-10T11:00:00.000Z']),
    );
  });

  it('begins with the history', async () => {
    const earliest = await usage.earliest!(
      cluster(demo.urls['us-west']),
      new AbortController().signal,
    );
    expect(earliest).toEqual(START);
  });
});

describe('prices', () => {
  it('are those of the region, by kind of node, device, storage and traffic', async () => {
    const book = await prices.prices(query(...DAY));
    expect(book.nodes).toContainEqual({
      instanceType: 'm6i.2xlarge',
      region: 'us-west-2',
      capacityType: 'on-demand',
      hourlyPrice: '0.384',
    });
    expect(book.nodes).toContainEqual({
      instanceType: 'p5.4xlarge',
      region: 'us-west-2',
      capacityType: 'on-demand',
      hourlyPrice: '6.88',
    });
    expect(book.gpus).toContainEqual({
      model: 'H100',
      hourlyPrice: '5.2',
      capacityType: 'on-demand',
    });
    // $0.08 a GiB and month of 730 hours.
    expect(book.storageClasses).toContainEqual({
      storageClass: 'gp3',
      gibHourPrice: '0.00010959',
    });
    expect(book.unitPrices?.['on-demand']).toMatchObject({
      cpuCoreHour: '0.0345',
      networkInternetGib: '0.09',
    });
    // Spot moves once a week around 40 % of the price on demand.
    const spot = book.nodes!.filter(
      ({ instanceType, capacityType }) =>
        instanceType === 'm6i.2xlarge' && capacityType === 'spot',
    );
    expect(spot.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
      ['2026-03-02', '2026-03-09'],
    ]);
    expectNear(Number(spot[0].hourlyPrice), 0.1536);
  });

  it('name every instance type that ran', async () => {
    const { nodes } = await usage.observe(query(...DAY));
    const book = await prices.prices(query(...DAY));
    expect(book.currency).toBe('USD');
    for (const node of nodes) {
      expect(
        book.nodes!.filter(
          price =>
            price.instanceType === node.instanceType &&
            price.capacityType === node.capacityType &&
            price.region === node.region &&
            (price.validFrom ?? '') <= node.hour &&
            (price.validTo ?? '9') > node.hour,
        ),
      ).toHaveLength(1);
    }
  });
});

describe('service levels', () => {
  it('are those of services that answer requests, hour by hour', async () => {
    const { levels: found, queries } = await levels.levels({
      ...query(...DAY),
      serviceLevels: { latencyUnit: 'seconds' },
    });
    expect(queries).toBe(1);
    const one = found!.filter(
      ({ match }) =>
        'entityRef' in match &&
        match.entityRef === 'component:default/fraud-detector-api',
    );
    expect(one).toHaveLength(24);
    for (const { requests, errors, latency } of one) {
      expect(
        Object.values(latency!).reduce((sum, count) => sum + count, 0),
      ).toBe(requests);
      expect(errors! / requests).toBeLessThan(0.001);
    }
  });
});

describe('units', () => {
  const metric = (id: string) => ({ id, title: id, per: 1, minimum: 0 });

  it('are those of the metrics that are asked for', async () => {
    const { units: both } = await units.units({
      ...query(...DAY),
      metrics: [metric('requests'), metric('tokens')],
    });
    const { units: tokens, queries } = await units.units({
      ...query(...DAY),
      metrics: [metric('tokens')],
    });
    expect(new Set(both.map(unit => unit.metric))).toEqual(
      new Set(['requests', 'tokens']),
    );
    expect(queries).toBe(1);
    expect(tokens).toHaveLength(24);
    expect(tokens[0].match).toEqual({
      entityRef: 'component:default/akidb-rest',
    });
    // 54,000 requests a pod and hour in the mean, 210 tokens each, 0.2 % failed.
    const requests = both.filter(
      ({ metric: id, match }) =>
        id === 'requests' &&
        'entityRef' in match &&
        match.entityRef === 'component:default/akidb-rest',
    );
    const asked = sumOf(requests, ({ quantity }) => quantity);
    const failed = sumOf(requests, each => each.failed ?? 0);
    expectNear(asked, 24 * 4 * 54_000);
    expectNear(
      sumOf(tokens, ({ quantity }) => quantity),
      asked * 210,
    );
    expect(failed / asked).toBeCloseTo(0.002, 3);
  });
});

describe('a demo cluster that fails', () => {
  let server: Server;
  let url: string;
  let answer: { status: number; body: string };
  let asked: Record<string, unknown>[] = [];

  beforeAll(async () => {
    server = createServer((req, res) => {
      asked.push({ url: req.url, ...req.headers });
      if (answer.status > 0) {
        res.statusCode = answer.status;
        res.end(answer.body);
      }
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', () => resolve());
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  beforeEach(() => {
    asked = [];
  });

  it('that is down is said to be', async () => {
    const down = query(...DAY, cluster('http://127.0.0.1:1'));
    await expect(usage.observe(down)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('The demo cluster us-west'),
    });
  });

  it('that answers nonsense is not believed', async () => {
    answer = { status: 200, body: '{"nodes":[{"hour":"yesterday"}]}' };
    await expect(usage.observe(query(...DAY, cluster(url)))).rejects.toThrow(
      "The demo cluster us-west answered usage in a form that isn't understood",
    );
    answer = {
      status: 200,
      body: '{"units":[{"hour":"2026-03-04T00:00:00Z","metric":"requests","quantity":-1,"match":{"entityRef":"x"}}]}',
    };
    await expect(
      units.units({ ...query(...DAY, cluster(url)), metrics: [] }),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
  });

  it.each([
    ['eleven samples', { cpuCores: Array(11).fill(1) }],
    ['a sample below 0', { cpuCores: [-1, ...Array(11).fill(1)] }],
    ['a sample that is no number', { memoryBytes: Array(12).fill('1') }],
  ])('that sends %s is not believed', async (_, samples) => {
    const container = {
      hour: '2026-03-04T00:00:00Z',
      namespace: 'a',
      pod: 'a-0',
      container: 'a',
      workloadKind: 'StatefulSet',
      workload: 'a',
      labels: {},
      runSeconds: 3600,
      samples,
    };
    const body = {
      nodes: [],
      containers: [container],
      volumes: [],
      network: [],
      missingHours: [],
      problems: [],
      queries: 1,
    };
    answer = { status: 200, body: JSON.stringify(body) };
    await expect(usage.observe(query(...DAY, cluster(url)))).rejects.toThrow(
      "in a form that isn't understood",
    );
    const whole = { ...container, samples: { cpuCores: Array(12).fill(null) } };
    answer.body = JSON.stringify({ ...body, containers: [whole] });
    const { containers } = await usage.observe(query(...DAY, cluster(url)));
    expect(containers).toEqual([whole]);
  });

  it('keeps what it said out of the error', async () => {
    answer = { status: 500, body: '{"error":"secret of the house"}' };
    const error = await usage
      .observe(query(...DAY, cluster(url)))
      .catch(e => e);
    expect(error.name).toBe('ServiceUnavailableError');
    expect(JSON.stringify(error) + error.message).not.toContain('secret');
    expect(error.cause).toBeUndefined();
  });

  it('is given up on in time, and at once when the task is aborted', async () => {
    answer = { status: 0, body: '' };
    await expect(
      usage.observe(query(...DAY, cluster(url, { timeoutSeconds: 1 }))),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });

    const aborting = new AbortController();
    setTimeout(() => aborting.abort(new Error('task is over')), 20);
    await expect(
      usage.observe({
        ...query(...DAY, cluster(url)),
        signal: aborting.signal,
      }),
    ).rejects.toThrow('task is over');
  });

  it('is asked with the configured headers and credentials', async () => {
    answer = { status: 200, body: '{"units":[]}' };
    await units.units({
      ...query(
        ...DAY,
        cluster(url, {
          headers: { 'X-Scope-OrgID': 'demo' },
          auth: { type: 'bearer', token: 'abc' },
        }),
      ),
      metrics: [],
    });
    // What the test before gave up on may arrive only now.
    expect(
      asked.filter(({ url: of }) => String(of).includes('/units')),
    ).toEqual([
      expect.objectContaining({
        'x-scope-orgid': 'demo',
        authorization: 'Bearer abc',
        url: expect.stringMatching(/^\/telemetry\/v1\/units\?start=2026-03-04/),
      }),
    ]);
  });
});

it('has no bill where no cluster is a simulation', async () => {
  const { signal } = new AbortController();
  expect(bill.simulated).toBe(true);
  expect(await bill.deliveries(signal, NO_TURN)).toEqual([]);
});
