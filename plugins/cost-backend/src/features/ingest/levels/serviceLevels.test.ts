import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { readClusters } from '@headroom/plugin-clusters-node';
import {
  ServiceLevelObservation,
  ServiceLevelSource,
} from '@headroom/plugin-cost-node';
import { Knex } from 'knex';
import { TestPostgres } from '../../../__testUtils__/database';
import { FakeUsageSource } from '../../../__testUtils__/FakeUsageSource';
import { headroom } from '../../../__testUtils__/ingest';
import { readCostConfig } from '../../../core/config/readCostConfig';
import { CostSources } from '../../../core/CostSources';
import { hoursBetween } from '../../../core/hours';
import { IngestService } from '../IngestService';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const NOW = '2026-01-12T00:30:00Z';

/** The same every hour, of the service and of a workload, in two parts. */
const observed = (
  change: Partial<ServiceLevelObservation> = {},
): Omit<ServiceLevelObservation, 'hour'>[] => [
  {
    requests: 100,
    errors: 1,
    latency: { '0.1': 90, '+Inf': 10 },
    match: { namespace: 'shop', workload: 'web' },
    ...change,
  },
  {
    requests: 50,
    errors: 0,
    latency: { '0.1': 40, '0.5': 10 },
    match: { namespace: 'shop', workload: 'web' },
  },
  { requests: NaN, match: { entityRef: 'component:default/nan' } },
  { requests: 7, match: { entityRef: 'Component:default/Web' } },
];

async function ingest(
  knex: Knex,
  levels: ServiceLevelSource['levels'],
  now = NOW,
) {
  const config = new ConfigReader(
    headroom({ cost: { ingest: { backfill: { hours: 48 } } } }),
  );
  const sources = CostSources.create();
  sources.addUsageSource(FakeUsageSource.create());
  sources.addServiceLevelSource({
    id: 'metrics',
    supports: () => true,
    levels,
  });
  await IngestService.create({
    knex,
    clusters: readClusters(config),
    sources,
    config: readCostConfig(config),
    logger: mockServices.logger.mock(),
    now: () => new Date(now),
  }).runOnce(new AbortController().signal);
}

const answers =
  (of = observed()): ServiceLevelSource['levels'] =>
  async ({ start, end }) => ({
    queries: 1,
    levels: hoursBetween(start, end).flatMap(hour =>
      of.map(each => ({ ...each, hour: hour.toISOString() })),
    ),
  });

const dayOf = (knex: Knex, workload: string) =>
  knex('cost_level_days')
    .where({ workload })
    .whereRaw("day = '2026-01-10'")
    .first();

describe('service levels of an ingest', () => {
  it('are summed exactly, to hours and to days, and once however often they are read', async () => {
    const knex = await postgres.migrated();
    await ingest(knex, answers());
    await ingest(knex, answers(), '2026-01-12T01:30:00Z');
    expect(await dayOf(knex, 'web')).toMatchObject({
      namespace: 'shop',
      entity_ref: '',
      hours: 24,
      requests: 24 * 150,
      errors: 24,
      latency: { '0.1': 24 * 130, '0.5': 240, '+Inf': 240 },
    });
    expect(await dayOf(knex, '')).toMatchObject({
      entity_ref: 'component:default/web',
      requests: 24 * 7,
      errors: null,
      latency: null,
    });
  });

  it('are replaced when an hour is answered otherwise, and unknown with one hour that is', async () => {
    const knex = await postgres.migrated();
    await ingest(knex, answers());
    await knex('cost_ingest_hours').update({ content_hash: null });
    await knex('cost_level_hours')
      .where({ hour: '2026-01-10T05:00:00Z', workload: 'web' })
      .update({ latency: null });
    await knex.raw(
      `INSERT INTO cost_dirty_days (cluster_id, day, generation) SELECT id, '2026-01-10', 9 FROM cost_clusters ON CONFLICT DO NOTHING`,
    );
    await ingest(knex, answers(), '2026-01-12T01:30:00Z');
    expect(await dayOf(knex, 'web')).toMatchObject({
      hours: 24,
      requests: 24 * 150,
      latency: null,
    });
  });

  it('that fail hold up no cost, erase nothing, and are asked for again', async () => {
    const knex = await postgres.migrated();
    await ingest(knex, async () => {
      throw new Error('down');
    });
    expect(await knex('cost_level_hours')).toEqual([]);
    const hours = await knex('cost_ingest_hours');
    expect(hours.length).toBeGreaterThan(24);
    expect(hours.every(({ status }) => status === 'complete')).toBe(true);
    expect(hours[0].problems).toContainEqual(
      expect.objectContaining({ code: 'levels-unavailable' }),
    );
    await ingest(knex, answers(), '2026-01-12T06:30:00Z');
    expect((await knex('cost_level_hours')).length).toBeGreaterThan(24);
  });

  it('are not asked about where nothing is configured', async () => {
    const knex = await postgres.migrated();
    await ingest(knex, async () => ({ queries: 0 }));
    expect(await knex('cost_level_hours')).toEqual([]);
    const hours = await knex('cost_ingest_hours');
    expect(hours.every(({ problems }) => problems.length === 0)).toBe(true);
  });
});
