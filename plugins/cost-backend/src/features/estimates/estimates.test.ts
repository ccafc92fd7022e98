import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { addDays, HOUR_MS } from '@headroom/common';
import {
  CostEstimate,
  costReadPermission,
  PodDemandInput,
  ServiceCostReport,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { startCostBackend } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import {
  container,
  FakeUsageSource,
  gpu,
  node,
} from '../../__testUtils__/FakeUsageSource';
import {
  runIngest,
  storedEntity,
  storeEntities,
} from '../../__testUtils__/ingest';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';
import { CapacityPriceStore } from '../../database/CapacityPriceStore';
import { SimilarServiceStore } from '../../database/SimilarServiceStore';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const GIB = 2 ** 30;
const URL = '/api/cost/v1/estimates';
const SERVICE = '/api/cost/v1/services/component/default';

/**
 * web keeps to its requests, busy goes beyond them, ml has a quarter of a board
 * that four take turns on.
 */
function world() {
  return FakeUsageSource.create(hour => {
    const of = (name: string, pod: string, more = {}) =>
      container(hour, {
        pod,
        workload: name,
        labels: { 'backstage.io/kubernetes-id': name },
        ...more,
      });
    return {
      nodes: [
        node(hour),
        node(hour, {
          node: 'node-2',
          nodePool: 'spot',
          capacityType: 'spot',
          hourlyPrice: '0.4',
        }),
        node(hour, {
          node: 'node-3',
          nodePool: 'gpu-shared',
          instanceType: 'g5.2xlarge',
          gpuDevices: 1,
          gpuModel: 'NVIDIA-A10G',
          cpuCores: 8,
          memoryBytes: 32 * GIB,
          hourlyPrice: '1.212',
        }),
      ],
      containers: [
        of('web', 'web-1'),
        of('web', 'web-2'),
        of('busy', 'busy-1', { cpuUsageCoreSeconds: 2 * 3600 }),
        of('ml', 'ml-1', {
          node: 'node-3',
          gpuRequestDeviceSeconds: 3600 / 4,
        }),
      ],
      devices: [
        gpu(hour, {
          node: 'node-3',
          model: 'NVIDIA-A10G',
          sharing: 'time-slicing',
          replicas: 4,
          memoryBytes: 24 * GIB,
          tenants: [
            {
              namespace: 'shop',
              pod: 'ml-1',
              container: 'app',
              heldSeconds: 3600,
            },
          ],
        }),
      ],
    };
  });
}

const ENTITIES = ['web', 'busy', 'ml'].map((name, i) =>
  storedEntity({
    entityRef: `component:default/${name}`,
    name,
    ownerRefs: [i < 2 ? 'group:default/shop' : 'group:default/research'],
    annotations: { 'backstage.io/kubernetes-id': name },
  }),
);

const POD: PodDemandInput = {
  name: 'new',
  replicas: { min: 2, max: 10 },
  cpuCores: 1,
  memoryBytes: 4 * GIB,
};

const ownedBy = (claims: string[]): PolicyDecision =>
  createCostConditionalDecision(
    costReadPermission,
    costConditions.isOwner({ claims }),
  );

let knex: Knex;
const now = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS + HOUR_MS / 2);
const yesterday = addDays(now.toISOString().slice(0, 10), -1);

beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(knex, ENTITIES, []);
  await runIngest({
    knex,
    source: world(),
    now: now.toISOString(),
    config: { cost: { ingest: { backfill: { days: 4 } } } },
  });
});

async function estimateOf(
  pods: PodDemandInput[],
  more: { body?: object; decision?: PolicyDecision; config?: object } = {},
): Promise<CostEstimate> {
  const { decision } = more;
  const api = await startCostBackend({
    knex,
    ...(decision && { decision }),
    ...(more.config && { config: more.config as never }),
  });
  const { status, body } = await api
    .post(URL)
    .send({ cluster: 'c1', pods, ...more.body });
  expect([status, body.error]).toEqual([200, undefined]);
  return body;
}

/** What the Cost tab shows of a service for yesterday, and a month at that pace. */
async function monthOf(name: string): Promise<number> {
  const api = await startCostBackend({ knex });
  const { body } = await api
    .get(`${SERVICE}/${name}`)
    .query({ from: yesterday, to: addDays(yesterday, 1) });
  const { total } = (body as ServiceCostReport).headline;
  return (Number(total) / 24) * 730;
}

describe('an estimate', () => {
  it('agrees with the Cost tab of what runs already and keeps to its requests', async () => {
    const { monthly, complete, pods } = await estimateOf([
      { ...POD, replicas: { min: 2, max: 2 } },
    ]);
    const month = await monthOf('web');
    expect(month).toBeGreaterThan(0);
    expect(complete).toBe(true);
    expect(Math.abs(Number(monthly.min) / month - 1)).toBeLessThan(1e-5);
    expect(pods[0].prices).toMatchObject([
      {
        resource: 'cpu',
        kind: 'measured',
        day: yesterday,
        nodePools: ['general'],
      },
      { resource: 'memory', kind: 'measured', day: yesterday },
    ]);
  });

  it('is below what a service costs that uses more than it requests, and says that such use comes on top', async () => {
    const { pods, remarks } = await estimateOf([
      { ...POD, replicas: { min: 1, max: 1 } },
    ]);
    const month = await monthOf('busy');
    const core = Number(pods[0].perReplica.cpu);
    // It uses two cores of the one that it requests.
    expect(
      Math.abs((month - Number(pods[0].monthly.min)) / core - 1),
    ).toBeLessThan(1e-5);
    expect(remarks.map(({ message }) => message)).toContain(
      'The figure is what the pods request for 730 hours a month. Use beyond requests, network traffic, and the capacity that nobody holds come on top.',
    );
  });

  it('agrees with the Cost tab of a share of a GPU', async () => {
    const { monthly, pods } = await estimateOf([
      {
        ...POD,
        replicas: { min: 1, max: 1 },
        gpu: { sharing: 'time-slicing', memoryBytes: 8 * GIB },
      },
    ]);
    expect(pods[0].gpuShare).toBe(0.25);
    const month = await monthOf('ml');
    expect(Math.abs(Number(monthly.min) / month - 1)).toBeLessThan(1e-5);
  });

  it('goes from the fewest to the most replicas, by resource', async () => {
    const { monthly, resources } = await estimateOf([POD]);
    expect(Number(monthly.max) / Number(monthly.min)).toBeCloseTo(5, 9);
    const sum = resources.reduce(
      (all, each) => all + BigInt(each.monthly.max),
      0n,
    );
    expect(sum.toString()).toBe(monthly.max);
  });

  it('prices other choices, and what they save', async () => {
    const { monthly, choices } = await estimateOf([POD], {
      body: {
        choices: [
          { id: 'spot', pods: [{ ...POD, spot: true }] },
          { id: 'mig', pods: [{ ...POD, gpu: { sharing: 'mig' } }] },
        ],
      },
    });
    const [spot, mig] = choices;
    expect(BigInt(spot.saves!.max)).toBe(
      BigInt(monthly.max) - BigInt(spot.monthly.max),
    );
    expect(BigInt(spot.saves!.max) > 0n).toBe(true);
    expect(mig).toMatchObject({ complete: false });
    expect(mig).not.toHaveProperty('saves');
    expect(mig.unknown[0].said.message).toContain(
      'No node of c1 offered GPUs by MIG',
    );
  });

  it('says what similar services cost', async () => {
    const { similar } = await estimateOf([POD]);
    expect(similar).toMatchObject({ count: 2 });
    expect(similar!.nearest.map(({ title }) => title).sort()).toEqual([
      'busy',
      'web',
    ]);
    const month = await monthOf('web');
    expect(Math.abs(Number(similar!.highest) / month - 1)).toBeLessThan(1e-3);
    const large = await estimateOf([
      { ...POD, cpuCores: 3.5, replicas: { min: 8, max: 8 } },
    ]);
    expect(large).not.toHaveProperty('similar');
  });

  it('is in the currency that is asked for', async () => {
    const config = {
      exchangeRates: [
        { currency: 'EUR', rate: '0.5', validFrom: '2020-01-01' },
      ],
    };
    const dollars = await estimateOf([POD]);
    const euros = await estimateOf([POD], {
      body: { currency: 'EUR' },
      config,
    });
    expect(euros.currency).toBe('EUR');
    expect(Number(euros.monthly.max) / Number(dollars.monthly.max)).toBeCloseTo(
      0.5,
      6,
    );
    expect(
      Number(euros.similar!.median) / Number(dollars.similar!.median),
    ).toBeCloseTo(0.5, 6);
    expect(
      Number(euros.pods[0].prices[0].price) /
        Number(dollars.pods[0].prices[0].price),
    ).toBeCloseTo(0.5, 6);
  });

  it('takes a price book where nothing ran, and says so', async () => {
    const { pods, complete } = await estimateOf([POD], {
      body: { cluster: 'c2' },
      config: {
        clusters: ['c1', 'c2'].map(name => ({
          name,
          prometheus: { url: 'http://prometheus.example.com' },
        })),
      },
    });
    expect(complete).toBe(true);
    expect(pods[0].prices[0]).toMatchObject({ kind: 'default' });
    expect(pods[0].prices[0].said.message).toContain(
      'headroom.prices.unitPrices.on-demand.cpuCoreHour',
    );
  });
});

describe('who may ask', () => {
  it('is nobody without cost.read', async () => {
    const api = await startCostBackend({
      knex,
      decision: { result: AuthorizeResult.DENY },
    });
    const { status, body } = await api
      .post(URL)
      .send({ cluster: 'c1', pods: [POD] });
    expect(status).toBe(403);
    expect(body.error.name).toBe('NotAllowedError');
    // Also of a cluster that isn't there nothing else is said.
    expect(
      (await api.post(URL).send({ cluster: 'x', pods: [POD] })).status,
    ).toBe(403);
  });

  it('is told of the services that they may see, and nothing of pools and idle', async () => {
    const all = await estimateOf([POD]);
    expect(all.withIdle).toBeDefined();
    expect(BigInt(all.withIdle!.min) > BigInt(all.monthly.min)).toBe(true);
    const some = await estimateOf([POD], {
      decision: ownedBy(['group:default/shop']),
    });
    expect(some.similar?.count).toBe(2);
    expect(some.monthly).toEqual(all.monthly);
    expect(some).not.toHaveProperty('withIdle');
    expect(some.pods[0].prices[0]).not.toHaveProperty('nodePools');
    const none = await estimateOf([POD], {
      decision: ownedBy(['group:default/new']),
    });
    expect(none.monthly).toEqual(all.monthly);
    expect(none).not.toHaveProperty('similar');
  });

  it('gets no answer that another was given, though prices are remembered', async () => {
    let allowed = true;
    const api = await startCostBackend({
      knex,
      decisions: {
        get 'cost.read'() {
          return {
            result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          } as PolicyDecision;
        },
      },
    });
    const ask = () => api.post(URL).send({ cluster: 'c1', pods: [POD] });
    expect((await ask()).status).toBe(200);
    allowed = false;
    expect((await ask()).status).toBe(403);
  });
});

describe('a question', () => {
  it.each<[string, object, string]>([
    [
      'a cluster that is not there',
      { cluster: 'c9' },
      'cluster is "c9"; it must be one of c1',
    ],
    ['no pods', { pods: [] }, 'pods'],
    [
      'more replicas at least than at most',
      { pods: [{ ...POD, replicas: { min: 3, max: 2 } }] },
      'pods.0.replicas.max must be min or more',
    ],
    [
      'less than nothing',
      { pods: [{ ...POD, cpuCores: -1 }] },
      'pods.0.cpuCores must be a number from 0 to 10000',
    ],
    ['a currency without a rate', { currency: 'CHF' }, 'currency is "CHF"'],
    ['a field that nobody knows', { pod: 1 }, 'pod is not known here'],
  ])('of %s is refused in a sentence', async (_, change, sentence) => {
    const api = await startCostBackend({ knex });
    const { status, body } = await api
      .post(URL)
      .send({ cluster: 'c1', pods: [POD], ...change });
    expect(status).toBe(400);
    expect(body.error.message).toContain(sentence);
  });

  it('asks the database a number of times that does not depend on what is asked', async () => {
    const { prototype: prices } = CapacityPriceStore;
    const asked = [
      jest.spyOn(prices, 'pools'),
      jest.spyOn(prices, 'gpus'),
      jest.spyOn(prices, 'day'),
      jest.spyOn(SimilarServiceStore.prototype, 'find'),
    ];
    const api = await startCostBackend({ knex });
    const many = Array.from({ length: 12 }, (_, i) => ({
      ...POD,
      name: `p${i}`,
    }));
    const choices = many.map(({ name }) => ({ id: name, pods: many }));
    for (const body of [{ pods: [POD] }, { pods: many, choices }]) {
      const { status } = await api.post(URL).send({ cluster: 'c1', ...body });
      expect(status).toBe(200);
    }
    // Each is one query; prices are remembered.
    expect(asked.map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1, 2]);
    jest.restoreAllMocks();
  });
});
