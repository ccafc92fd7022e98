import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { readClusters } from '@headroom/plugin-clusters-node';
import { HourRow, zeroResources } from '@headroom/plugin-cost-common';
import {
  AllocationSource,
  PriceSource,
  UnitMetricSource,
} from '@headroom/plugin-cost-node';
import { Knex } from 'knex';
import { TestPostgres } from '../../__testUtils__/database';
import {
  FakeUsageSource,
  node,
  container,
} from '../../__testUtils__/FakeUsageSource';
import {
  headroom,
  storedEntity,
  storeEntities,
  totalMicros,
} from '../../__testUtils__/ingest';
import { readCostConfig } from '../../core/config/readCostConfig';
import { ScopedStores } from '../../database/ScopedStores';
import { INTERNAL } from '../../database/scope';
import { CostSources } from '../../core/CostSources';
import { IngestService } from './IngestService';
import { hoursBetween } from '../../core/hours';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const NOW = '2026-01-10T12:30:00.000Z';

async function ingest(
  knex: Knex,
  sources: CostSources,
  options: { config?: Parameters<typeof headroom>[0]; now?: string } = {},
) {
  const config = new ConfigReader(headroom(options.config));
  await IngestService.create({
    knex,
    clusters: readClusters(config),
    sources,
    config: readCostConfig(config),
    logger: mockServices.logger.mock(),
    now: () => new Date(options.now ?? NOW),
  }).runOnce(new AbortController().signal);
}

const row = (hour: string, change: Partial<HourRow> = {}): HourRow => ({
  hour,
  bucket: 'workload',
  namespace: 'shop',
  workloadKind: 'Deployment',
  workload: 'web',
  container: 'app',
  capacityType: 'on-demand',
  region: 'us-west-2',
  cost: { ...zeroResources(), cpu: 7n },
  used: { ...zeroResources(), cpu: 3n },
  cpuCoreHours: 1,
  cpuRequestCoreHours: 1,
  cpuUsageCoreHours: 0.5,
  memoryByteHours: 0,
  memoryRequestByteHours: 0,
  memoryUsageByteHours: 0,
  gpuHours: 0,
  storageByteHours: 0,
  networkBytes: 0,
  ...change,
});

function allocations(currency = 'USD'): AllocationSource {
  return {
    id: 'finished',
    supports: () => true,
    allocations: async ({ start, end }) => ({
      currency,
      // Two rows of one container, and idle.
      rows: hoursBetween(start, end).flatMap(hour => [
        row(hour.toISOString()),
        row(hour.toISOString()),
        row(hour.toISOString(), {
          bucket: 'idle',
          namespace: '__idle__',
          workloadKind: 'Idle',
          workload: 'general',
          container: '',
        }),
      ]),
      nodes: [],
      workloads: [],
      missingHours: [],
      problems: [],
      queries: 1,
    }),
  };
}

describe('an allocation source', () => {
  it('is asked before a usage source, and rows of one container become one', async () => {
    const knex = await postgres.migrated();
    const sources = CostSources.create();
    const usage = FakeUsageSource.create();
    sources.addUsageSource(usage);
    sources.addAllocationSource(allocations());
    await ingest(knex, sources);
    expect(usage.asked).toEqual([]);
    expect(await totalMicros(knex)).toBe(48n * 21n);
    expect(await knex('cost_hours')).toHaveLength(96);
  });

  it('in another currency is refused and never taken at face value', async () => {
    const knex = await postgres.migrated();
    const sources = CostSources.create();
    sources.addAllocationSource(allocations('EUR'));
    await ingest(knex, sources);
    expect(await totalMicros(knex)).toBe(0n);
    const state = await knex('cost_ingest_state').first();
    expect(state.last_error).toMatch(
      /answers in EUR, but headroom.currency is USD/,
    );
  });
});

describe('a price source', () => {
  const prices = (change: Partial<PriceSource>): PriceSource => ({
    id: 'bill',
    supports: () => true,
    prices: async () => ({
      currency: 'USD',
      nodes: [
        {
          instanceType: 'test.large',
          capacityType: 'on-demand',
          hourlyPrice: '3',
        },
      ],
    }),
    ...change,
  });
  const unpriced = () =>
    FakeUsageSource.create(hour => ({
      nodes: [node(hour, { hourlyPrice: undefined })],
      containers: [container(hour)],
    }));

  it('prices nodes the usage source does not', async () => {
    const knex = await postgres.migrated();
    const sources = CostSources.create();
    sources.addUsageSource(unpriced());
    sources.addPriceSource(prices({}));
    await ingest(knex, sources);
    expect(await totalMicros(knex)).toBe(48n * 3_000_000n);
  });

  it.each([
    ['does not answer', async () => Promise.reject(new Error('secret'))],
    ['answers in another currency', async () => ({ currency: 'EUR' })],
  ])('that %s leaves listed prices, and a problem', async (_, answer) => {
    const knex = await postgres.migrated();
    const sources = CostSources.create();
    sources.addUsageSource(unpriced());
    sources.addPriceSource(prices({ prices: answer }));
    await ingest(knex, sources);
    expect((await totalMicros(knex)) > 0n).toBe(true);
    const day = await knex('cost_cluster_days').first();
    expect(day.problems).toMatchObject([
      { code: 'default-price', subject: 'prices' },
      { code: 'price-source', subject: 'bill' },
    ]);
    expect(JSON.stringify(day.problems)).not.toContain('secret');
  });
});

describe('the built-in prices', () => {
  it('are converted at the rate of the day, and never at one to come', async () => {
    const knex = await postgres.migrated();
    const sources = CostSources.create();
    sources.addUsageSource(
      FakeUsageSource.create(hour => ({
        nodes: [node(hour, { hourlyPrice: undefined })],
        containers: [container(hour)],
      })),
    );
    const config = {
      currency: 'EUR',
      timezone: 'Europe/Berlin',
      exchangeRates: [
        { currency: 'USD', rate: 1, validFrom: '2026-01-01' },
        { currency: 'USD', rate: 0.5, validFrom: '2026-01-10' },
        { currency: 'USD', rate: 100, validFrom: '2026-01-11' },
      ],
    };
    await ingest(knex, sources, { config });
    const { rows } = await knex.raw(
      `SELECT (hour >= '2026-01-09T23:00:00Z') AS halved,
         sum(cpu_micros + memory_micros)::bigint / count(DISTINCT hour) AS micros
       FROM cost_hours WHERE hour >= '2026-01-09T12:00:00Z' GROUP BY 1 ORDER BY 1`,
    );
    const [before, after] = rows.map((each: { micros: string }) =>
      Number(each.micros),
    );
    expect(before).toBeGreaterThan(0);
    expect(Math.abs(after - 2 * before)).toBeLessThanOrEqual(2);
  });
});

describe('a unit metric source', () => {
  const config = {
    cost: { unitMetrics: [{ id: 'requests', title: 'Requests', per: 1000 }] },
  };
  const units = (): UnitMetricSource => ({
    id: 'metrics',
    supports: () => true,
    units: async ({ start, end, metrics }) => ({
      queries: 2,
      units: hoursBetween(start, end).flatMap(hour =>
        metrics.flatMap(({ id }) => [
          {
            hour: hour.toISOString(),
            metric: id,
            quantity: 0.1,
            failed: 1,
            match: { namespace: 'shop', workload: 'web' },
          },
          {
            hour: hour.toISOString(),
            metric: id,
            quantity: 2,
            match: { entityRef: 'Component:default/web' },
          },
          {
            hour: hour.toISOString(),
            metric: id,
            quantity: NaN,
            match: { entityRef: 'component:default/web' },
          },
        ]),
      ),
    }),
  });

  it('counts for a service by name and through its workloads, exactly', async () => {
    const knex = await postgres.migrated();
    await storeEntities(knex, [storedEntity()]);
    const sources = CostSources.create();
    sources.addUsageSource(FakeUsageSource.create());
    sources.addUnitMetricSource(units());
    await ingest(knex, sources, { config });
    const stores = ScopedStores.create({
      knex,
      scope: INTERNAL.of({
        kind: 'service',
        entityRef: 'component:default/web',
      }),
    });
    const days = await stores.ask(
      stores.catalog.units('2026-01-01', '2026-02-01'),
    );
    expect(days).toEqual([
      { metric: 'requests', day: '2026-01-08', quantity: 25.2, failed: 12 },
      { metric: 'requests', day: '2026-01-09', quantity: 50.4, failed: 24 },
      { metric: 'requests', day: '2026-01-10', quantity: 25.2, failed: 12 },
    ]);
  });

  it('that fails holds up no cost and erases no units', async () => {
    const knex = await postgres.migrated();
    const sources = CostSources.create();
    const source = FakeUsageSource.create();
    const metrics = units();
    sources.addUsageSource(source);
    sources.addUnitMetricSource(metrics);
    await ingest(knex, sources, { config });
    const count = async () => (await knex('cost_unit_hours')).length;
    expect(await count()).toBe(96);

    metrics.units = async () => Promise.reject(new Error('down'));
    await ingest(knex, sources, { config, now: '2026-01-10T13:30:00.000Z' });
    expect(await count()).toBe(96);
    expect(await totalMicros(knex)).toBe(49n * 1_200_000n);
  });
});

describe('the query budget', () => {
  it('counts usage, prices and units', async () => {
    const knex = await postgres.migrated();
    const sources = CostSources.create();
    sources.addUsageSource(FakeUsageSource.create()); // three queries a window
    sources.addPriceSource({
      id: 'bill',
      supports: () => true,
      prices: async () => ({ currency: 'USD', queries: 5 }),
    });
    sources.addUnitMetricSource({
      id: 'metrics',
      supports: () => true,
      units: async () => ({ units: [], queries: 7 }),
    });
    const unitMetrics = [{ id: 'requests', title: 'Requests', per: 1 }];
    await ingest(knex, sources, { config: { cost: { unitMetrics } } });
    // An hour later: one window, for one new hour.
    await ingest(knex, sources, {
      config: { cost: { unitMetrics } },
      now: '2026-01-10T13:30:00.000Z',
    });
    const { queries_per_hour } = await knex('cost_ingest_state').first();
    expect(queries_per_hour).toBe(3 + 5 + 7);
  });
});

describe('retention', () => {
  it('drops old months of hours and keeps the days', async () => {
    const knex = await postgres.migrated();
    const sources = CostSources.create();
    sources.addUsageSource(FakeUsageSource.create());
    await ingest(knex, sources, { now: '2025-11-02T12:30:00.000Z' });
    const total = await totalMicros(knex);
    const config = { cost: { retention: { hours: { months: 2 } } } };
    await knex('cost_ingest_state').update({
      watermark: '2026-02-01T12:00:00.000Z',
    });
    await ingest(knex, sources, { config, now: '2026-02-01T12:30:00.000Z' });
    expect(await totalMicros(knex, 'cost_hours')).toBe(0n);
    expect(await totalMicros(knex)).toBe(total);
  });
});

describe('CostSources', () => {
  it('refuses the same source twice', () => {
    const sources = CostSources.create();
    sources.addUsageSource(FakeUsageSource.create());
    expect(() => sources.addUsageSource(FakeUsageSource.create())).toThrow(
      /'fake' was added twice/,
    );
  });
});
