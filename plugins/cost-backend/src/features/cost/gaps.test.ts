import { SourcesReport } from '@headroom/plugin-cost-common';
import { startCostBackend } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();

it('gaps that are too many to list are counted, by cluster', async () => {
  const knex = await postgres.migrated();
  await knex.raw(
    `INSERT INTO cost_clusters (name) VALUES ('new'), ('old');
     INSERT INTO cost_ingest_hours (cluster_id, hour, status, source, reason, problems, ingested_at)
       SELECT k.id, date_trunc('hour', now()) - n * interval '1 hour', 'missing', 'x',
         CASE WHEN n % 2 = 0 THEN 'no-data' ELSE 'source-error' END, '[]', now()
       FROM cost_clusters k, generate_series(10, 62) n WHERE k.name = 'new';
     INSERT INTO cost_ingest_hours (cluster_id, hour, status, source, reason, problems, ingested_at)
       SELECT k.id, date_trunc('hour', now()) - n * interval '1 hour', 'missing', 'x', 'no-data', '[]', now()
       FROM cost_clusters k, generate_series(100, 101) n WHERE k.name = 'old'`,
  );
  const clusters = ['new', 'old', 'none'].map(name => ({
    name,
    prometheus: { url: 'http://prometheus.example.com' },
  }));
  const api = await startCostBackend({ knex, config: { clusters } });
  const { body } = await api.get('/api/cost/v1/sources');
  const told = (body as SourcesReport).clusters.map(cluster => [
    cluster.name,
    cluster.gaps.length,
    cluster.problems.map(({ message }) => message),
  ]);
  expect(told).toEqual([
    [
      'new',
      50,
      [
        '3 of 53 gaps of this cluster are older and not listed here. Each gap is on the charts of the days that it is in.',
      ],
    ],
    [
      'old',
      0,
      [
        '1 of 1 gaps of this cluster is older and not listed here. Each gap is on the charts of the days that it is in.',
      ],
    ],
    ['none', 0, []],
  ]);
});
