import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { HOUR_MS, WorkloadFacts } from '@headroom/common';
import {
  CostEstimate,
  costReadPermission,
  RunningService,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { startCostBackend } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import {
  container,
  FakeUsageSource,
  node,
} from '../../__testUtils__/FakeUsageSource';
import {
  createIngest,
  runIngest,
  storedEntity,
  storeEntities,
} from '../../__testUtils__/ingest';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';
import { CapacityPriceStore } from '../../database/CapacityPriceStore';
import { InventoryStore } from '../../database/InventoryStore';
import { RunningStore } from '../../database/RunningStore';
import { measuredFrom } from './measuredFrom';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const GIB = 2 ** 30;
const SERVICES = '/api/cost/v1/services/component/default';
const now = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS + HOUR_MS / 2);

/** What ran before: it tells what capacity costs. */
const source = FakeUsageSource.create(hour => ({
  nodes: [node(hour)],
  containers: [
    container(hour, {
      pod: 'old-1',
      workload: 'old',
      labels: { 'backstage.io/kubernetes-id': 'old' },
    }),
  ],
}));

const ENTITIES = ['old', 'fresh', 'jobs', 'silent', 'later'].map(name =>
  storedEntity({
    entityRef: `component:default/${name}`,
    name,
    ownerRefs: [
      name === 'old' ? 'group:default/research' : 'group:default/shop',
    ],
    annotations: { 'backstage.io/kubernetes-id': name },
  }),
);

function workload(
  name: string,
  more: Partial<WorkloadFacts> = {},
): WorkloadFacts {
  return {
    namespace: 'shop',
    kind: 'Deployment',
    name,
    uid: `uid-${name}`,
    replicas: 2,
    containers: [
      {
        name: 'app',
        role: 'main',
        spec: { cpuRequestCores: 1, memoryRequestBytes: 4 * GIB },
      },
    ],
    ...more,
  };
}

const WORKLOADS = [
  workload('fresh'),
  workload('jobs', { kind: 'CronJob', replicas: undefined }),
  workload('silent', {
    containers: [{ name: 'app', role: 'main', spec: { cpuRequestCores: 1 } }],
  }),
];

let knex: Knex;

/** Takes over what the cluster runs, as its reading does, and links it. */
async function readInventory(
  workloads: WorkloadFacts[] = WORKLOADS,
  idOf: (name: string) => string = name => name,
) {
  const store = InventoryStore.create({ knex });
  await store.replace('c1', {
    readAt: new Date().toISOString(),
    workloads,
    steering: [],
    unreadable: [],
    labels: {
      workloads: workloads.map(({ namespace, kind, name }) => ({
        namespace,
        kind,
        name,
        labels: { 'backstage.io/kubernetes-id': idOf(name) },
      })),
    },
  });
  await store.meetNewWorkloads('c1');
  const ingest = createIngest({ knex, source, now: now.toISOString() });
  await ingest.link(new AbortController().signal);
}

async function ask(
  name: string,
  options: { query?: object; decision?: PolicyDecision; config?: object } = {},
) {
  const { decision, config, query = {} } = options;
  const api = await startCostBackend({
    knex,
    ...(decision && { decision }),
    ...(config && { config: config as never }),
  });
  return api.get(`${SERVICES}/${name}/running`).query(query);
}

async function runningOf(
  ...asked: Parameters<typeof ask>
): Promise<RunningService> {
  const { status, body } = await ask(...asked);
  expect([status, body.error]).toEqual([200, undefined]);
  return body;
}

const RATES = {
  exchangeRates: [{ currency: 'EUR', rate: '0.5', validFrom: '2026-01-01' }],
};

describe('what runs of a service now', () => {
  beforeAll(async () => {
    knex = await postgres.migrated();
    await storeEntities(knex, ENTITIES, []);
    await runIngest({
      knex,
      source,
      now: now.toISOString(),
      config: { cost: { ingest: { backfill: { days: 4 } } } },
    });
  });

  beforeEach(() => readInventory());

  it('costs before its first hour what the estimate promised for as many replicas', async () => {
    const api = await startCostBackend({ knex });
    const { body } = await api.post('/api/cost/v1/estimates').send({
      cluster: 'c1',
      pods: [
        {
          name: 'fresh',
          replicas: { min: 2, max: 10 },
          cpuCores: 1,
          memoryBytes: 4 * GIB,
        },
      ],
    });
    const running = await runningOf('fresh');
    expect(running).toMatchObject({
      status: 'ok',
      complete: true,
      monthly: (body as CostEstimate).monthly.min,
      hoursPerMonth: 730,
      replicas: 2,
      unknown: [],
      timezone: 'UTC',
    });
    expect(Number(running.monthly)).toBeGreaterThan(0);
    expect(Number(running.hourly) * 730).toBeCloseTo(
      Number(running.monthly),
      -4,
    );
    expect(running.workloads).toMatchObject([
      {
        cluster: 'c1',
        namespace: 'shop',
        kind: 'Deployment',
        name: 'fresh',
        replicas: 2,
        monthly: running.monthly,
      },
    ]);
    // The report has nothing yet.
    const report = await api.get(`${SERVICES}/fresh`);
    expect(report.body.status).toBe('no-data');
  });

  it('is in the currency that is asked for', async () => {
    const config = RATES;
    const [stored, euros] = [
      await runningOf('fresh', { config }),
      await runningOf('fresh', { config, query: { currency: 'EUR' } }),
    ];
    expect(euros.currency).toBe('EUR');
    const half = Number(stored.monthly) / 2;
    expect(Math.abs(Number(euros.monthly) / half - 1)).toBeLessThan(1e-5);
    const { status, body } = await ask('fresh', {
      config,
      query: { currency: 'GBP' },
    });
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringContaining('currency is "GBP"'),
    ]);
  });

  it('says what isn’t known, and never that it costs nothing', async () => {
    const jobs = await runningOf('jobs');
    expect(jobs).toMatchObject({ status: 'ok', complete: false });
    expect(jobs).not.toHaveProperty('monthly');
    expect(jobs.unknown).toHaveLength(1);

    const silent = await runningOf('silent');
    expect(silent).toMatchObject({
      complete: false,
      unknown: [{ workload: 'silent', resource: 'memory' }],
    });
    expect(silent.workloads[0].resources).toMatchObject([{ resource: 'cpu' }]);
  });

  it('has no workloads while none that runs is linked', async () => {
    for (const name of ['old', 'later']) {
      // What is linked and gone does not run.
      expect(await runningOf(name)).toMatchObject({
        status: 'no-workloads',
        complete: true,
        workloads: [],
      });
    }
  });

  it('does not believe a reading of its cluster that is old', async () => {
    const longAgo = new Date(Date.now() - 30 * HOUR_MS);
    await knex('cost_inventory_state').update({ read_at: longAgo });
    const running = await runningOf('fresh');
    expect(running).toMatchObject({
      status: 'ok',
      complete: false,
      workloads: [],
    });
    expect(running).not.toHaveProperty('monthly');
    expect(running.unknown[0].said.message).toContain('What c1 runs');
  });

  it('is for those who may see what the service costs', async () => {
    const ownedBy = (claims: string[]) =>
      createCostConditionalDecision(
        costReadPermission,
        costConditions.isOwner({ claims }),
      );
    const own = ownedBy(['group:default/shop']);
    expect(await runningOf('fresh', { decision: own })).toMatchObject({
      status: 'ok',
    });
    const [fresh] = (await runningOf('fresh', { decision: own })).workloads;
    expect(fresh.prices.length).toBeGreaterThan(0);
    fresh.prices.forEach(price =>
      expect(price).not.toHaveProperty('nodePools'),
    );

    const other = ownedBy(['group:default/research']);
    expect((await ask('fresh', { decision: other })).status).toBe(403);
    expect(
      (await ask('fresh', { decision: { result: AuthorizeResult.DENY } }))
        .status,
    ).toBe(403);
  });

  it('is not found while the service was not read from the catalog', async () => {
    expect((await ask('nobody')).status).toBe(404);
  });

  it('asks the database as often for many workloads as for one', async () => {
    const many = Array.from({ length: 30 }, (_, i) => workload(`fresh-${i}`));
    await readInventory([...WORKLOADS, ...many], () => 'fresh');
    // Each of them is one query.
    const asked = [
      jest.spyOn(RunningStore.prototype, 'workloads'),
      jest.spyOn(CapacityPriceStore.prototype, 'pools'),
      jest.spyOn(CapacityPriceStore.prototype, 'gpus'),
      jest.spyOn(CapacityPriceStore.prototype, 'day'),
    ];
    try {
      const { workloads, replicas } = await runningOf('fresh');
      expect(workloads).toHaveLength(33);
      expect(replicas).toBe(64);
      expect(asked.map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1, 1]);
    } finally {
      asked.forEach(spy => spy.mockRestore());
    }
  });
});

describe('measuredFrom', () => {
  const SETTLE_MS = 5 * 60_000;
  it.each([
    ['2026-11-29T10:20:00Z', '2026-11-29T10:21:00Z', '2026-11-29T11:05:00Z'],
    // The hour before is not settled yet, and it did not run in it.
    ['2026-11-29T10:02:00Z', '2026-11-29T10:03:00Z', '2026-11-29T11:05:00Z'],
    // It ran in the hour before, which is about to settle.
    ['2026-11-29T09:59:00Z', '2026-11-29T10:03:00Z', '2026-11-29T10:05:00Z'],
    // It should be in by now: the next one.
    ['2026-11-29T06:00:00Z', '2026-11-29T10:30:00Z', '2026-11-29T11:05:00Z'],
  ])('of what runs since %s is, at %s, %s', (since, at, expected) => {
    expect(
      measuredFrom(new Date(since), new Date(at), SETTLE_MS).toISOString(),
    ).toBe(new Date(expected).toISOString());
  });
});
