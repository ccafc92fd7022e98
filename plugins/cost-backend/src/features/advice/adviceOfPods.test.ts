import {
  ClusterInventory,
  ContainerFacts,
  NamespaceLimit,
  Steering,
  WorkloadRef,
} from '@headroom/common';
import { ContainerAdvice } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import {
  createAdviceJob,
  OVERSIZED,
  seedContainer,
  storeInventory,
} from '../../__testUtils__/advice';
import { TestPostgres } from '../../__testUtils__/database';
import { InventoryStore } from '../../database/InventoryStore';
import { ensurePartitions } from '../../database/partitions';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const NOW = '2026-02-01T10:00:00.000Z';
const LAST_DAY = '2026-01-31';
const GIB = 2 ** 30;
const WEB: WorkloadRef = { namespace: 'shop', kind: 'Deployment', name: 'web' };
const RANGE: NamespaceLimit = {
  kind: 'LimitRange',
  namespace: 'shop',
  name: 'bounds',
  lines: [{ type: 'Container', resource: 'cpu', min: 0.75 }],
};

let knex: Knex;

beforeEach(async () => {
  knex = await postgres.migrated();
});

const seed = (change: Partial<Parameters<typeof seedContainer>[1]> = {}) =>
  seedContainer(knex, {
    ...WEB,
    days: 21,
    lastDay: LAST_DAY,
    usage: OVERSIZED,
    ...change,
  });

async function advised(
  change: Partial<ClusterInventory> = {},
): Promise<Record<string, ContainerAdvice>> {
  await storeInventory(knex, [WEB], { readAt: NOW, ...change });
  await createAdviceJob({ knex, now: NOW }).runIfDue(
    new AbortController().signal,
  );
  const { rows } = await knex.raw(
    `SELECT c.container, t.advice FROM cost_advice a JOIN cost_containers c ON c.id = a.container_id
     JOIN cost_advice_details t USING (run_id, container_id)`,
  );
  return Object.fromEntries(
    rows.map((row: { container: string; advice: ContainerAdvice }) => [
      row.container,
      row.advice,
    ]),
  );
}

const codes = ({ reasons }: ContainerAdvice['cpu']) =>
  reasons.map(({ code }) => code);

describe('advice of the job', () => {
  it('keeps to what the namespace allows, and not to what another does', async () => {
    await seed();
    const { app } = await advised({
      limits: [RANGE, { ...RANGE, namespace: 'other', name: 'theirs' }],
    });
    expect(app.evidence.limits).toEqual([RANGE]);
    expect(app.cpu.proposed?.request).toBe(0.75);
    expect(codes(app.cpu)).toContain('limit-range');
  });

  it.each([
    ['they were never asked for', {}],
    [
      'they may not be listed',
      {
        limits: [],
        unreadable: [{ kind: 'LimitRange', reason: 'may not list (403)' }],
      },
    ],
    [
      'the namespace has too many',
      {
        limits: [],
        unreadable: [
          { kind: 'ResourceQuota', object: 'shop', reason: 'too many' },
        ],
      },
    ],
  ])(
    'says that they are not known where %s, and advises',
    async (_, change) => {
      await seed();
      const { app } = await advised(change);
      expect(app.evidence.limits).toBeUndefined();
      expect(app.status).toBe('change');
      expect(codes(app.cpu)).toContain('limits-unknown');
      // What steers it is known all the same.
      expect(app.evidence.steering).toEqual([]);
    },
  );

  it('knows of none where another namespace has too many', async () => {
    await seed();
    const { app } = await advised({
      limits: [],
      unreadable: [{ kind: 'LimitRange', object: 'b', reason: 'too many' }],
    });
    expect(app.evidence.limits).toEqual([]);
  });

  it('knows the largest node of the pool it ran in', async () => {
    await seed();
    const { id } = await knex('cost_clusters').first('id');
    const hour = new Date('2026-01-20T05:00:00.000Z');
    await ensurePartitions(knex, hour);
    const row = (pool: string, nodes: number, cores: number, gib: number) => ({
      cluster_id: id,
      hour,
      node_pool: pool,
      instance_type: `${cores}-${gib}`,
      region: 'r1',
      capacity_type: 'on-demand',
      hourly_price: '0.02',
      origin: '{}',
      node_microhours: nodes * 1e6,
      cpu_core_microhours: nodes * cores * 1e6,
      memory_byte_hours: nodes * gib * GIB,
      ...Object.fromEntries(
        [
          'gpu_device_microhours',
          'cpu_micros',
          'memory_micros',
          'gpu_micros',
          'storage_micros',
          'network_micros',
        ].map(column => [column, 0]),
      ),
    });
    await knex('cost_node_hours').insert([
      row('general', 3, 4, 16),
      row('general', 1, 8, 32),
      row('gpu', 1, 96, 512),
    ]);
    const { app } = await advised();
    expect(app.evidence.node).toEqual({
      cpuCores: 8,
      memoryBytes: 32 * GIB,
      nodePools: ['general'],
    });
  });

  it('advises the containers of a pod together, where an HPA is over all', async () => {
    const usage = (cores: number) => ({
      ...OVERSIZED,
      cpuCores: () => cores,
      spec: { cpuRequestCores: 1, memoryRequestBytes: 2 * GIB },
    });
    await seed({ usage: usage(0.3) });
    await seed({ container: 'proxy', usage: usage(0.1) });
    await seed({ name: 'other', usage: usage(0.1) });
    const containers: ContainerFacts[] = [
      { name: 'app', role: 'main', spec: { cpuRequestCores: 1 } },
      { name: 'proxy', role: 'sidecar', spec: { cpuRequestCores: 1 } },
    ];
    const hpa: Steering = {
      kind: 'HorizontalPodAutoscaler',
      name: 'web',
      target: WEB,
      minReplicas: 2,
      maxReplicas: 9,
      metrics: [{ resource: 'cpu', targetUtilization: 30 }],
      otherMetrics: 0,
    };
    await InventoryStore.create({ knex }).replace('c1', {
      readAt: NOW,
      workloads: [{ ...WEB, uid: 'web', replicas: 2, containers }],
      steering: [hpa],
      limits: [],
      unreadable: [],
    });
    await createAdviceJob({ knex, now: NOW }).runIfDue(
      new AbortController().signal,
    );
    const { rows } = await knex.raw(
      `SELECT t.advice FROM cost_advice a JOIN cost_containers c ON c.id = a.container_id
       JOIN cost_advice_details t USING (run_id, container_id) WHERE c.workload = 'web' ORDER BY c.container`,
    );
    const [app, proxy] = rows.map(
      ({ advice }: { advice: ContainerAdvice }) => advice,
    );
    const [move] = app.hpa;
    const sum = app.cpu.proposed!.request + proxy.cpu.proposed!.request;
    // Two cores at 30 % add a pod at 0.6.
    expect((sum * move.proposedTarget) / 100).toBeCloseTo(0.6, 2);
    expect(move.together).toMatchObject([
      { name: 'proxy', proposed: proxy.cpu.proposed },
    ]);
    expect(app.evidence.others).toMatchObject([{ container: 'proxy' }]);
  });
});
