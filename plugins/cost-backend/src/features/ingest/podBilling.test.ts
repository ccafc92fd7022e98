import { TestPostgres } from '../../__testUtils__/database';
import {
  container,
  FakeUsageSource,
  node,
} from '../../__testUtils__/FakeUsageSource';
import { runIngest, totalMicros } from '../../__testUtils__/ingest';
import { PoolStore } from '../../database/PoolStore';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const NOW = '2026-01-10T12:30:00.000Z';
const WINDOW = ['2026-01-09T00:00:00Z', '2026-01-10T00:00:00Z'] as const;
const GIB = 2 ** 30;

/** As sources see them: a pod of Fargate, a virtual node without pods, a machine. */
const source = FakeUsageSource.create(hour => ({
  nodes: [
    node(hour),
    node(hour, {
      node: 'fargate-ip-10-0-1-2.us-west-2.compute.internal',
      nodePool: undefined,
      instanceType: undefined,
      hourlyPrice: undefined,
      cpuCores: 2,
    }),
    node(hour, {
      node: 'vk',
      billing: 'pods',
      podPlatform: 'acme',
      nodePool: undefined,
      instanceType: undefined,
      hourlyPrice: undefined,
      cpuCores: 10_000,
    }),
  ],
  containers: [
    container(hour, {
      node: 'fargate-ip-10-0-1-2.us-west-2.compute.internal',
      cpuRequestCoreSeconds: 0.25 * 3600,
      cpuUsageCoreSeconds: 0.1 * 3600,
      memoryRequestByteSeconds: 0.25 * GIB * 3600,
      memoryUsageByteSeconds: 0.1 * GIB * 3600,
    }),
    container(hour, { node: 'vk', pod: 'job-1', workload: 'job' }),
  ],
}));

describe('nodes whose pods are billed', () => {
  it('cost what pods are billed, day by day, and are no room to give back', async () => {
    const knex = await postgres.migrated();
    await runIngest({ knex, source, now: NOW });
    // 48 hours: the machine at 1.2, the pod at 0.25 × 0.04048 + 0.5 × 0.004445.
    expect(await totalMicros(knex)).toBe(48n * (1_200_000n + 12_342n));

    const { problems } = await knex('cost_cluster_days')
      .where({ day: '2026-01-09' })
      .first();
    // One a day, though it is in every hour.
    expect(problems).toMatchObject([
      { code: 'unpriced-node', subject: 'acme', severity: 'error' },
    ]);

    const pools = PoolStore.create({ knex });
    const capacities = await pools.capacities(...WINDOW);
    expect(capacities.map(({ nodePool }) => nodePool)).toEqual([
      'acme',
      'general',
    ]);
    expect(await pools.largestNodes(...WINDOW)).toMatchObject([
      { nodePool: 'eks-fargate', cpuCores: 16, memoryBytes: 120 * GIB },
      { nodePool: 'general', cpuCores: 4, memoryBytes: 16 * GIB },
    ]);
  });

  it('takes the prices that configuration gives', async () => {
    const knex = await postgres.migrated();
    await runIngest({
      knex,
      source,
      now: NOW,
      config: {
        prices: {
          pods: [{ platform: 'acme', cpuCoreHour: 0.02, memoryGibHour: 0.005 }],
        },
      },
    });
    // One core and four GiB more.
    expect(await totalMicros(knex)).toBe(
      48n * (1_200_000n + 12_342n + 20_000n + 20_000n),
    );
  });
});
