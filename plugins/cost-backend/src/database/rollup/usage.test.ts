import {
  decodeDigest,
  GpuDeviceHour,
  valueOf,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { TestPostgres } from '../../__testUtils__/database';
import {
  container,
  FakeUsageSource,
  gpu,
  node,
  sampled,
} from '../../__testUtils__/FakeUsageSource';
import {
  runIngest,
  storedEntity,
  storeEntities,
} from '../../__testUtils__/ingest';
import { GpuHourStore } from '../GpuHourStore';
import { GpuStore } from '../GpuStore';
import { INTERNAL } from '../scope';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const GIB = 2 ** 30;
const EVER = { start: '2026-01-01', end: '2027-01-01' };

/** Stored digests of containers, by id; days in order. */
async function digestsOf(knex: Knex) {
  const rows = await knex('cost_digests')
    .select('container_id', knex.raw('day::text AS day'), 'data')
    .orderBy(['container_id', 'day']);
  const days = new Map<number, Array<{ day: string; data: Uint8Array }>>();
  for (const { container_id: id, day, data } of rows) {
    days.set(id, [...(days.get(id) ?? []), { day, data }]);
  }
  return [...days].map(([containerId, own]) => ({ containerId, days: own }));
}

async function gpuDays(
  knex: Knex,
  change: Partial<Parameters<GpuStore['readDays']>[0]> = {},
  scope = INTERNAL,
) {
  return GpuStore.create({ knex, scope }).readDays({ ...EVER, ...change });
}

/** One day, 9 January 2026 UTC, and two hours of the next. */
const WINDOW = {
  now: '2026-01-10T02:10:00.000Z',
  config: { cost: { ingest: { backfill: { hours: 26 } } } },
};

function sourceOf(
  devices: (hour: string) => GpuDeviceHour[] = () => [],
  containers: FakeUsageSource['world'] = hour => ({
    nodes: [node(hour)],
    containers: [sampled(hour)],
  }),
) {
  return FakeUsageSource.create((hour, cluster) => ({
    nodes: [],
    containers: [],
    ...containers(hour, cluster),
    devices: devices(hour),
  }));
}

describe('digests of days', () => {
  it('are whole calendar days; a gap is not known', async () => {
    const knex = await postgres.migrated();
    const source = sourceOf();
    source.missing.add('2026-01-09T05:00:00.000Z');
    await runIngest({ knex, source, ...WINDOW });
    const [{ days }] = await digestsOf(knex);
    expect(days.map(({ day }) => day)).toEqual(['2026-01-09', '2026-01-10']);
    const [whole, begun] = days.map(({ data }) => decodeDigest(data));
    expect([whole.start, whole.slots]).toEqual([
      '2026-01-09T00:00:00.000Z',
      288,
    ]);
    expect([...whole.cpu].filter(code => code === 0)).toHaveLength(12);
    expect(valueOf(whole.cpu[0])).toBeCloseTo(0.5, 2);
    expect(whole.cpu[60]).toBe(0);
    expect(whole.pools).toEqual([
      { nodePool: 'general', runSeconds: 23 * 3600 },
    ]);
    expect([begun.slots, begun.cpuAll.total]).toEqual([288, 24]);
  });

  it.each([
    // Clocks go forward on 29 March and back on 25 October 2026.
    ['2026-03-31T00:30:00.000Z', '2026-03-29', 276],
    ['2026-10-27T00:30:00.000Z', '2026-10-25', 300],
  ])('at %s the day %s has %s slots', async (now, day, slots) => {
    const knex = await postgres.migrated();
    const config = {
      timezone: 'Europe/Berlin',
      cost: { ingest: { backfill: { hours: 60 } } },
    };
    await runIngest({ knex, source: sourceOf(), now, config });
    const [{ days }] = await digestsOf(knex);
    const found = days.find(each => each.day === day)!;
    const digest = decodeDigest(found.data);
    expect([digest.slots, digest.cpuAll.total]).toEqual([slots, slots]);
  });

  it('are replaced when their hours are read again', async () => {
    const knex = await postgres.migrated();
    const source = sourceOf();
    await runIngest({ knex, source, ...WINDOW });
    source.world = hour => ({
      nodes: [node(hour)],
      containers: [sampled(hour, { samples: { cpuCores: Array(12).fill(2) } })],
    });
    await knex('cost_ingest_state').delete();
    await runIngest({ knex, source, ...WINDOW });
    const [{ days }] = await digestsOf(knex);
    const digest = decodeDigest(days[0].data);
    expect(digest.cpuPeakCores).toBe(2);
    expect(digest.cpuAll.total).toBe(288);
    expect(digest.memoryAll.total).toBe(0);
  });

  it('stay when a later answer has no samples, and are not made of none', async () => {
    const knex = await postgres.migrated();
    const source = sourceOf();
    await runIngest({ knex, source, ...WINDOW });
    const before = await digestsOf(knex);
    source.world = hour => ({
      nodes: [node(hour, { hourlyPrice: '7' })],
      containers: [container(hour)],
    });
    await knex('cost_ingest_state').delete();
    await runIngest({ knex, source, ...WINDOW });
    expect(await digestsOf(knex)).toEqual(before);

    const bare = await postgres.migrated();
    await runIngest({ knex: bare, source, ...WINDOW });
    expect(await digestsOf(bare)).toEqual([]);
  });

  it('leave out samples that can not be, and say so', async () => {
    const knex = await postgres.migrated();
    const bad = [-1, NaN, ...Array(10).fill(1)];
    const source = sourceOf(undefined, hour => ({
      nodes: [node(hour)],
      containers: [
        sampled(hour, { samples: { cpuCores: bad, memoryBytes: [1, 2] } }),
      ],
    }));
    await runIngest({ knex, source, ...WINDOW });
    const [{ days }] = await digestsOf(knex);
    const digest = decodeDigest(days[0].data);
    expect(digest.cpuAll.total).toBe(240);
    expect(digest.memoryAll.total).toBe(0);
    const { problems } = await knex('cost_ingest_hours').first('problems');
    expect(problems.map(({ code, subject }: any) => [code, subject])).toEqual([
      ['invalid-samples', 'cpuCores'],
      ['invalid-samples', 'memoryBytes'],
    ]);
  });
});

describe('GPU days', () => {
  it('have slots, holders and readings of the day; a gap is not known', async () => {
    const knex = await postgres.migrated();
    await storeEntities(knex, [storedEntity()]);
    const source = sourceOf(hour => [
      gpu(hour, {
        busyShare: [0, 1, null, ...Array(9).fill(0.25)],
        setAside: { latched: 1 },
      }),
    ]);
    source.missing.add('2026-01-09T05:00:00.000Z');
    await runIngest({ knex, source, ...WINDOW });
    const [day] = await gpuDays(knex);
    expect(day).toMatchObject({
      day: '2026-01-09',
      start: '2026-01-09T00:00:00.000Z',
      end: '2026-01-10T00:00:00.000Z',
      hours: 24,
      memoryPeakBytes: 10 * GIB,
      bases: { 'sm-active': 23 },
      readings: 23 * 12,
      setAside: { latched: 23 },
      device: {
        cluster: 'c1',
        node: 'node-1',
        board: 'GPU-1',
        sharing: 'whole',
        nodePool: 'general',
        memoryBytes: 40 * GIB,
      },
    });
    expect(day.busy.slice(0, 4)).toEqual([0, 1, null, 0.25]);
    expect(day.busy.slice(60, 72)).toEqual(Array(12).fill(null));
    expect(day.memoryUsed[0]! / (10 * GIB)).toBeCloseTo(1, 2);
    expect(day.seenByHour.indexOf(false)).toBe(5);
    expect(day.heldSecondsByHour.slice(4, 7)).toEqual([3600, null, 3600]);
    expect(day.wattsByHour.slice(4, 7)).toEqual([200, null, 200]);
    expect(day.poweredSecondsByHour.slice(4, 7)).toEqual([3600, 0, 3600]);
    expect(day.tenants).toEqual([
      {
        containerId: expect.any(Number),
        namespace: 'shop',
        workloadKind: 'Deployment',
        workload: 'web',
        container: 'app',
        entityRef: 'component:default/web',
        heldSecondsByHour: [...Array(5).fill(3600), 0, ...Array(18).fill(3600)],
        heldSeconds: 23 * 3600,
      },
    ]);
  });

  it('tell devices apart that are cut or shared in another way', async () => {
    const knex = await postgres.migrated();
    const mig = { sharing: 'mig' as const, tenants: [], boardShare: 0.5 };
    const source = sourceOf(hour => [
      gpu(hour, { ...mig, instance: '1', profile: '3g.20gb' }),
      gpu(hour, { ...mig, instance: '2', profile: '3g.20gb' }),
      gpu(hour, {
        board: 'GPU-2',
        sharing: hour < '2026-01-09T12' ? 'whole' : 'time-slicing',
        tenants: ['web-1', 'lost-1'].map(pod => ({
          namespace: 'shop',
          pod,
          container: 'app',
          heldSeconds: 1800,
          share: pod === 'web-1' ? 0.5 : undefined,
        })),
      }),
    ]);
    await runIngest({ knex, source, ...WINDOW });
    const days = await gpuDays(knex, { end: '2026-01-10' });
    expect(days.map(({ device }) => [device.instance, device.sharing])).toEqual(
      expect.arrayContaining([
        ['1', 'mig'],
        ['2', 'mig'],
        [undefined, 'whole'],
        [undefined, 'time-slicing'],
      ]),
    );
    const shared = days.find(({ device }) => device.sharing === 'time-slicing');
    // Who shares it may hold it at once.
    expect(shared?.heldSecondsByHour.slice(10, 13)).toEqual([null, null, 1800]);
    expect(
      shared?.tenants.map(({ workloadKind, workload, share }) => [
        workloadKind,
        workload,
        share,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['Deployment', 'web', 0.5],
        ['Pod', 'lost-1', undefined],
      ]),
    );
    expect(days).toHaveLength(4);
  });

  it('say unknown where readings can not be, or nobody knows who held it', async () => {
    const knex = await postgres.migrated();
    const source = sourceOf(hour => [
      gpu(hour, {
        busyShare: [7, -1, ...Array(10).fill(0.5)],
        memoryUsedBytes: Array(12).fill(41 * GIB),
        tenants: [],
        tenantsKnown: false,
      }),
      gpu(hour, { board: 'GPU-2', boardShare: 2 }),
    ]);
    await runIngest({ knex, source, ...WINDOW });
    const [day, ...others] = await gpuDays(knex, { end: '2026-01-10' });
    expect(others).toEqual([]);
    expect(day.busy.slice(0, 3)).toEqual([null, null, 0.5]);
    expect(day.memoryPeakBytes).toBeUndefined();
    expect(day.heldSecondsByHour[0]).toBeNull();
    expect(day.setAside).toEqual({ impossible: 24 * 14 });
    const { problems } = await knex('cost_ingest_hours').first('problems');
    expect(problems.map(({ code }: any) => code)).toEqual([
      'invalid-gpu-readings',
      'invalid-gpu-device',
    ]);
  });

  it('are those a service held, with all who shared them', async () => {
    const knex = await postgres.migrated();
    await storeEntities(knex, [storedEntity()]);
    const source = sourceOf(hour => [
      gpu(hour),
      gpu(hour, { board: 'GPU-2', tenants: [] }),
    ]);
    await runIngest({ knex, source, ...WINDOW });
    const entityRef = 'component:default/web';
    const scope = INTERNAL.of({ kind: 'service', entityRef });
    const held = await gpuDays(knex, {}, scope);
    expect(held.map(({ device, day }) => [device.board, day])).toEqual([
      ['GPU-1', '2026-01-09'],
      ['GPU-1', '2026-01-10'],
    ]);
    const { id, clusterId } = held[0].device;
    expect(await gpuDays(knex, { deviceIds: [id] })).toEqual(held);
    expect(await gpuDays(knex, { clusterIds: [clusterId] })).toHaveLength(4);
    expect(await gpuDays(knex, { clusterIds: [clusterId + 1] })).toEqual([]);
  });

  it('are deleted past their retention, and devices that have none left', async () => {
    const knex = await postgres.migrated();
    const source = sourceOf(hour => [
      gpu(hour),
      ...(hour < '2026-01-10' ? [gpu(hour, { board: 'GPU-2' })] : []),
    ]);
    await runIngest({ knex, source, ...WINDOW });
    const [, kept] = await gpuDays(knex);
    expect(kept.day).toBe('2026-01-10');
    await GpuHourStore.create({ knex }).deleteBefore('2026-01-10');
    expect(await gpuDays(knex)).toEqual([kept]);
    const boards = await knex('cost_gpu_devices').pluck('board');
    expect(boards).toEqual(['GPU-1']);
    expect(
      await knex('cost_gpu_tenant_days').where('day', '<', '2026-01-10'),
    ).toEqual([]);
  });
});
