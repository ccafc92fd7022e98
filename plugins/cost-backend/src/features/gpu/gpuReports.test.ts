import { PolicyDecision } from '@backstage/plugin-permission-common';
import {
  costReadPermission,
  FleetCostReport,
  GpuMoney,
  GpuReport,
  ServiceCostReport,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { HOUR_MS } from '@headroom/common';
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

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const GIB = 2 ** 30;
const A100 = 'NVIDIA-A100-SXM4-40GB';
const SERVICE = '/api/cost/v1/services/component/default/web';
const FLEET = '/api/cost/v1/fleet';

const gpuNode = (hour: string, name: string) =>
  node(hour, {
    node: name,
    nodePool: 'gpus',
    gpuDevices: 1,
    gpuModel: A100,
    hourlyPrice: '4.1',
  });

const onGpu = (hour: string, name: string, share: number, own: object) =>
  container(hour, {
    node: name,
    gpuRequestDeviceSeconds: 3600 * share,
    gpuBusyDeviceSeconds: 900 * share,
    ...own,
  });

const API = {
  pod: 'api-1',
  namespace: 'platform',
  workload: 'api',
  labels: { 'backstage.io/kubernetes-id': 'api' },
};
const MINE = { namespace: 'shop', container: 'app', heldSeconds: 3600 };

/**
 * The service web has a board of its own that its workload lab doesn't use, and
 * shares another with api in four time-slices; a third is cut into two instances
 * of 2g, of which web holds one; nobody holds the fourth.
 */
function world() {
  return FakeUsageSource.create(hour => ({
    nodes: ['own', 'shared', 'cut', 'free'].map(name => gpuNode(hour, name)),
    containers: [
      onGpu(hour, 'own', 1, { workload: 'lab', gpuBusyDeviceSeconds: 0 }),
      onGpu(hour, 'shared', 0.25, { pod: 'web-2' }),
      onGpu(hour, 'shared', 0.25, API),
      onGpu(hour, 'cut', 2 / 7, { pod: 'web-3' }),
    ],
    devices: [
      gpu(hour, {
        node: 'own',
        board: 'GPU-own',
        busyShare: Array(12).fill(0),
        memoryUsedBytes: Array(12).fill(0),
        powerWatts: 52,
        setAside: { impossible: 1 },
        tenants: [{ ...MINE, pod: 'web-1' }],
      }),
      gpu(hour, {
        node: 'shared',
        board: 'GPU-shared',
        sharing: 'time-slicing',
        replicas: 4,
        busyShare: Array(12).fill(0.8),
        tenants: [
          { ...MINE, pod: 'web-2' },
          { ...MINE, namespace: 'platform', pod: 'api-1' },
        ],
      }),
      ...['1', '2'].map(instance =>
        gpu(hour, {
          node: 'cut',
          board: 'GPU-cut',
          instance,
          sharing: 'mig' as const,
          profile: '2g.10gb',
          boardShare: 2 / 7,
          memoryBytes: 10 * GIB,
          memoryUsedBytes: Array(12).fill(4 * GIB),
          tenants: instance === '1' ? [{ ...MINE, pod: 'web-3' }] : [],
        }),
      ),
      gpu(hour, { node: 'free', board: 'GPU-free', tenants: [] }),
    ],
  }));
}

const ENTITIES = [
  storedEntity(),
  storedEntity({
    entityRef: 'component:prod/api',
    namespace: 'prod',
    name: 'api',
    ownerRefs: ['group:org/platform'],
    annotations: { 'backstage.io/kubernetes-id': 'api' },
  }),
  storedEntity({
    entityRef: 'component:default/nothing',
    name: 'nothing',
    annotations: {},
  }),
];

let knex: Knex;
const now = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS + HOUR_MS / 2);
const DAYS = 8;
const backfill = { cost: { ingest: { backfill: { days: DAYS } } } };

beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(knex, ENTITIES);
  await runIngest({
    knex,
    source: world(),
    now: now.toISOString(),
    config: backfill,
  });
});

const ask = async (
  path: string,
  query: object = {},
  options: Partial<Parameters<typeof startCostBackend>[0]> = {},
) => {
  const api = await startCostBackend({ knex, ...options });
  return api.get(path).query(query);
};

const partsOf = ({ cost: _, ...parts }: GpuMoney) =>
  Object.values(parts).reduce((sum, part) => sum + BigInt(part), 0n);

const sum = (amounts: string[]) =>
  amounts.reduce((total, amount) => total + BigInt(amount), 0n);

const ownedByShop: PolicyDecision = createCostConditionalDecision(
  costReadPermission,
  costConditions.isOwner({ claims: ['group:default/shop'] }),
);

describe('GPUs of a service', () => {
  it('cost what the Cost tab says, in parts that sum to it', async () => {
    const report: GpuReport = (await ask(`${SERVICE}/gpu`)).body;
    const cost: ServiceCostReport = (await ask(SERVICE)).body;
    expect(report.status).toBe('ok');
    expect(report.headline.money.cost).toBe(cost.gpu?.cost);
    expect(BigInt(report.headline.money.cost) > 0n).toBe(true);
    expect(partsOf(report.headline.money)).toBe(
      BigInt(report.headline.money.cost),
    );
    expect(sum(report.devices.map(({ money }) => money.cost))).toBe(
      BigInt(report.headline.money.cost),
    );
    expect(report.headline.heldHours).toBeCloseTo(cost.gpu!.paidHours, 3);
    expect(report.window.start).toBe(cost.window.start);
    // Nothing of the node pool's idle capacity is the service's.
    expect(report.headline.money).toMatchObject({
      idle: '0',
      stranded: '0',
    });
    expect(report.boards).toEqual([]);
  });

  it('are the same amounts in another currency, of the same days', async () => {
    const yesterday = new Date(Date.now() - 24 * HOUR_MS)
      .toISOString()
      .slice(0, 10);
    const config = {
      exchangeRates: [
        { currency: 'EUR', rate: '0.5', validFrom: '2020-01-01' },
        { currency: 'EUR', rate: '0.7', validFrom: yesterday },
      ],
    };
    const query = { currency: 'EUR', window: '7d' };
    const report: GpuReport = (await ask(`${SERVICE}/gpu`, query, { config }))
      .body;
    const cost: ServiceCostReport = (await ask(SERVICE, query, { config }))
      .body;
    expect(report.currency).toBe('EUR');
    expect(report.headline.money.cost).toBe(cost.gpu?.cost);
    const usd: GpuReport = (await ask(`${SERVICE}/gpu`, { window: '7d' })).body;
    expect(report.headline.money.cost).not.toBe(usd.headline.money.cost);
  });

  it('are shown device by device, each with what it did', async () => {
    const { devices, ...report }: GpuReport = (await ask(`${SERVICE}/gpu`))
      .body;
    const of = (board: string) => devices.find(each => each.board === board)!;
    expect(devices).toHaveLength(3);
    expect(of('GPU-own')).toMatchObject({
      verdict: 'unused-memory-free',
      sharing: 'whole',
      busyHours: 0,
      basis: 'sm-active',
    });
    const hours = of('GPU-own').hours;
    expect(hours).toBeGreaterThanOrEqual(DAYS * 24 - 24);
    expect(of('GPU-own').unusedHours).toBeCloseTo(hours, 6);
    expect(of('GPU-own').reclaimableHours).toBeCloseTo(hours - 1, 6);
    expect(of('GPU-shared')).toMatchObject({ verdict: 'busy', replicas: 4 });
    expect(of('GPU-cut')).toMatchObject({
      instance: '1',
      profile: '2g.10gb',
      memoryPeakBytes: 4 * GIB,
    });
    // A quarter of a device that is 80 % busy, and half busy 2/7 of a board.
    const { headline } = report;
    expect(headline.heldHours).toBeCloseTo(hours * (1 + 1 / 4 + 2 / 7), 6);
    expect(headline.busyHours).toBeCloseTo(
      hours * (0.8 / 4 + 0.5 * (2 / 7)),
      3,
    );
    expect(report.verdicts).toEqual({ 'unused-memory-free': 1, busy: 2 });
    expect(report.heatMap.filter(Boolean)).toHaveLength(168);
    expect(report.readings).toBeGreaterThan(0);
    expect(report.setAside.impossible).toBeGreaterThanOrEqual(hours);
    expect(report.problems).toContainEqual(
      expect.objectContaining({ code: 'gpu-readings-impossible' }),
    );
  });

  it('come with advice that a wasted device be removed', async () => {
    const { advice, devices }: GpuReport = (await ask(`${SERVICE}/gpu`)).body;
    const own = devices.find(({ board }) => board === 'GPU-own')!;
    expect(advice[0]).toMatchObject({
      kind: 'remove',
      workload: { namespace: 'shop', kind: 'Deployment', name: 'lab' },
    });
    expect(advice[0].withheld).toBeUndefined();
    // All it pays in a month: its rate of the window × 730.
    expect(Number(advice[0].savingMicros)).toBeCloseTo(
      (Number(own.money.cost) / own.hours) * 730,
      -2,
    );
  });

  it('has a state for everything that can be missing', async () => {
    const status = async (path: string, query = {}) =>
      (await ask(path, query)).body.status;
    expect(
      await status('/api/cost/v1/services/component/default/nothing/gpu'),
    ).toBe('no-workloads');
    expect(
      await status(`${SERVICE}/gpu`, { from: '2020-01-01', to: '2020-01-03' }),
    ).toBe('no-data');
    const plain = await postgres.migrated();
    await storeEntities(plain, ENTITIES);
    await runIngest({
      knex: plain,
      source: FakeUsageSource.create(),
      now: now.toISOString(),
      config: { cost: { ingest: { backfill: { hours: 12 } } } },
    });
    const without = await ask(`${SERVICE}/gpu`, {}, { knex: plain });
    expect(without.body).toMatchObject({ status: 'no-gpus', devices: [] });
    const silent = await postgres.migrated();
    await storeEntities(silent, ENTITIES);
    await runIngest({
      knex: silent,
      source: FakeUsageSource.create(hour => ({
        ...world().world(hour, 'c1')!,
        devices: undefined,
      })),
      now: now.toISOString(),
      config: { cost: { ingest: { backfill: { hours: 12 } } } },
    });
    const unread: GpuReport = (
      await ask(`${SERVICE}/gpu`, {}, { knex: silent })
    ).body;
    const cost: ServiceCostReport = (await ask(SERVICE, {}, { knex: silent }))
      .body;
    expect(unread.status).toBe('no-readings');
    expect(unread.headline.money).toMatchObject({
      cost: cost.gpu?.cost,
      unknown: cost.gpu?.cost,
    });
  });

  it('refuses parameters it does not know, and services it does not have', async () => {
    expect((await ask(`${SERVICE}/gpu`, { color: 'red' })).status).toBe(400);
    expect((await ask(`${SERVICE}/gpu`, { window: '8d' })).status).toBe(400);
    const { status } = await ask(
      '/api/cost/v1/services/component/default/else/gpu',
    );
    expect(status).toBe(404);
  });
});

describe('GPUs of the fleet', () => {
  it('cost what the cost page says, with what nobody holds', async () => {
    const report: GpuReport = (await ask(`${FLEET}/gpu`)).body;
    const cost: FleetCostReport = (await ask(FLEET, { groupBy: 'cluster' }))
      .body;
    const { money } = report.headline;
    expect(money.cost).toBe(sum(cost.rows.map(row => row.cost.gpu)).toString());
    expect(partsOf(money)).toBe(BigInt(money.cost));
    expect(
      sum([
        ...report.devices.map(device => device.money.cost),
        ...report.boards.map(board => board.strandedMicros),
      ]),
    ).toBe(BigInt(money.cost));
    // Free: a board, half of one in time-slices, 2/7 of the one that is cut; stranded: 3/7 of it.
    const board = Number(money.cost) / 4;
    expect(Number(money.idle) / board).toBeCloseTo(1 + 1 / 2 + 2 / 7, 4);
    expect(Number(money.stranded) / board).toBeCloseTo(3 / 7, 4);
    expect(report.boards).toMatchObject([
      { node: 'cut', instances: ['2g.10gb 1', '2g.10gb 2'] },
    ]);
    expect(report.boards[0].strandedShare).toBeCloseTo(3 / 7, 9);
    expect(report.restricted).toBe(false);
    expect(report.verdicts).toMatchObject({ idle: 2 });
    expect(report.devices).toHaveLength(5);
  });

  it('has days that sum to the headline', async () => {
    const { days, headline }: GpuReport = (await ask(`${FLEET}/gpu`)).body;
    const total = (of: (day: GpuReport['days'][number]) => number) =>
      days.reduce((all, day) => all + of(day), 0);
    expect(total(day => day.heldHours)).toBeCloseTo(headline.heldHours, 6);
    expect(total(day => day.busyHours ?? 0)).toBeCloseTo(headline.busyHours, 6);
    expect(total(day => day.heldHours + day.idleHours)).toBeCloseTo(
      headline.deviceHours,
      6,
    );
  });

  it('has the same figures for the same days, however they are asked for', async () => {
    const whole: GpuReport = (await ask(`${FLEET}/gpu`, { window: '7d' })).body;
    const { start, end } = whole.window;
    const same: GpuReport = (
      await ask(`${FLEET}/gpu`, { from: start, to: end })
    ).body;
    expect(same.headline).toEqual(whole.headline);
  });
});

describe('energy of GPUs', () => {
  const priced = {
    config: { cost: { energy: { kilowattHourPrice: '0.20' } } },
  };

  it('is in the answer of the fleet and of a service, with money at the price', async () => {
    const fleet: GpuReport = (await ask(`${FLEET}/gpu`, {}, priced)).body;
    const hours = fleet.devices[0].hours;
    // 52 W of one board, 200 W of the three others.
    const watts = 52 + 3 * 200;
    expect(fleet.energy).toMatchObject({
      price: { perKilowattHour: '0.20', currency: 'USD' },
      total: {
        kilowattHours: expect.closeTo((watts * hours) / 1000, 6),
        deviceHours: expect.closeTo(4 * hours, 6),
        knownHours: expect.closeTo(4 * hours, 6),
        micros: Math.round(watts * hours * 200).toString(),
      },
    });
    const { total, held, idle, ownerUnknown, stranded } = fleet.energy!;
    expect(sum([held, idle, ownerUnknown, stranded].map(e => e.micros!))).toBe(
      BigInt(total.micros!),
    );
    expect(sum(fleet.days.map(({ energy }) => energy!.micros!))).toBe(
      BigInt(total.micros!),
    );
    expect(fleet.energy!.services).toMatchObject([
      { entityRef: 'component:default/web' },
      { entityRef: 'component:prod/api' },
    ]);
    const service: GpuReport = (await ask(`${SERVICE}/gpu`, {}, priced)).body;
    expect(service.energy!.total.kilowattHours).toBeCloseTo(
      ((52 + 200 / 4 + (200 * 2) / 7) * hours) / 1000,
      6,
    );
    expect(service.energy!.total.kilowattHours).toBeCloseTo(
      fleet.energy!.services[0].kilowattHours,
      6,
    );
  });

  it('has no money where no price is configured, and the rate of another currency', async () => {
    const plain: GpuReport = (await ask(`${FLEET}/gpu`)).body;
    expect(plain.energy!.total.kilowattHours).toBeGreaterThan(0);
    expect(plain.energy!.total.micros).toBeUndefined();
    expect(plain.energy!.price).toBeUndefined();
    const config = {
      ...priced.config,
      exchangeRates: [
        { currency: 'EUR', rate: '0.5', validFrom: '2020-01-01' },
      ],
    };
    const euros: GpuReport = (
      await ask(`${FLEET}/gpu`, { currency: 'EUR' }, { config })
    ).body;
    expect(Number(euros.energy!.total.micros)).toBeCloseTo(
      euros.energy!.total.kilowattHours * 100_000,
      -1,
    );
  });
});

describe('GPU money and the window before', () => {
  it('are compared as on the Cost tab, over the days both have complete', async () => {
    const daysAgo = (count: number) =>
      new Date(now.getTime() - count * 24 * HOUR_MS).toISOString().slice(0, 10);
    const query = { from: daysAgo(3), to: daysAgo(0) };
    const { headline }: GpuReport = (await ask(`${FLEET}/gpu`, query)).body;
    expect(headline.previous).toMatchObject({
      start: daysAgo(6),
      end: daysAgo(3),
      total: headline.money.cost,
      changeRatio: expect.closeTo(0, 9),
      comparedDays: 3,
    });
    const { body } = await ask(`${FLEET}/gpu`, {
      from: daysAgo(DAYS + 40),
      to: daysAgo(DAYS + 37),
    });
    expect(body.headline.previous).toBeUndefined();
  });
});

describe('a caller who may see some services', () => {
  const restricted = { decision: ownedByShop };

  it('sees devices they held, others without names, and nothing of idle capacity', async () => {
    const response = await ask(`${FLEET}/gpu`, {}, restricted);
    const report: GpuReport = response.body;
    expect(report.restricted).toBe(true);
    expect(report.devices.map(({ board }) => board).sort()).toEqual([
      'GPU-cut',
      'GPU-own',
      'GPU-shared',
    ]);
    const shared = report.devices.find(({ board }) => board === 'GPU-shared')!;
    expect(shared.tenants).toHaveLength(2);
    expect(shared.tenants).toContainEqual(
      expect.objectContaining({ namespace: 'shop', workload: 'web' }),
    );
    expect(shared.tenants).toContainEqual(
      expect.objectContaining({ namespace: '', workload: 'others' }),
    );
    expect(response.text).not.toContain('platform');
    expect(response.text).not.toContain('GPU-free');
    expect(report.headline.money).toMatchObject({
      idle: '0',
      stranded: '0',
    });
    expect(report.days.every(day => day.idleHours === 0)).toBe(true);
    expect(report.boards).toEqual([]);
    expect(
      report.advice.every(({ workload }) => workload.namespace === 'shop'),
    ).toBe(true);
    const service: GpuReport = (await ask(`${SERVICE}/gpu`)).body;
    expect(report.headline.money).toEqual(service.headline.money);
  });

  it('is not told of a service of others, nor of one that is not there', async () => {
    const { status } = await ask(
      '/api/cost/v1/services/component/prod/api/gpu',
      {},
      restricted,
    );
    expect(status).toBe(403);
  });
});
