import {
  AdviceReport,
  FleetCostReport,
  SourcesReport,
} from '@headroom/plugin-cost-common';
import { startCostBackend } from '../__testUtils__/backend';
import { TestPostgres } from '../__testUtils__/database';
import { FakeUsageSource } from '../__testUtils__/FakeUsageSource';
import {
  runIngest,
  storedEntity,
  storeEntities,
} from '../__testUtils__/ingest';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();

const NAMES = [
  'gke_shop_europe-west1_Prod',
  'arn:aws:eks:eu-central-1:123456789012:cluster/prod',
  '=Prod (EU) "1"',
];

describe('clusters with names of clouds', () => {
  it('keep them in reports, CSV, sources and queries', async () => {
    const knex = await postgres.migrated();
    const [gke, arn] = NAMES;
    const annotations = {
      'backstage.io/kubernetes-id': 'web',
      'backstage.io/kubernetes-cluster': `${gke}, ${arn}`,
    };
    await storeEntities(knex, [storedEntity({ annotations })]);
    const config = {
      clusters: NAMES.map(name => ({
        name,
        prometheus: { url: 'http://prometheus.example.com' },
      })),
      cost: {
        ingest: { backfill: { days: 1 } },
        links: [{ cluster: '=Prod*', entityRef: 'web' }],
      },
    };
    await runIngest({
      knex,
      source: FakeUsageSource.create(),
      now: new Date().toISOString(),
      config,
    });
    const api = await startCostBackend({ knex, config });

    const fleet = await api.get('/api/cost/v1/fleet').query({
      groupBy: 'cluster',
    });
    const report: FleetCostReport = fleet.body;
    expect(report.rows.map(({ label }) => label)).toEqual(
      expect.arrayContaining(NAMES),
    );
    const service = await api.get(
      '/api/cost/v1/services/component/default/web',
    );
    expect(
      service.body.origin.links.map(
        ({ cluster, provenance }: Record<string, string>) =>
          `${cluster} by ${provenance}`,
      ),
    ).toEqual([
      '=Prod (EU) "1" by config',
      `${arn} by annotation`,
      `${gke} by annotation`,
    ]);
    const sources = await api.get('/api/cost/v1/sources');
    expect(
      (sources.body as SourcesReport).clusters.map(each => each.name),
    ).toEqual(NAMES);
    const { text } = await api
      .get('/api/cost/v1/fleet/charges.csv')
      .query({ window: '7d' });
    expect(text).toContain(`,${gke},`);
    expect(text).toContain(`,${arn},`);
    // Shown as text, never run.
    expect(text).toContain(`,"'=Prod (EU) ""1""",`);
    for (const cluster of NAMES) {
      const advice = await api
        .get('/api/cost/v1/fleet/advice')
        .query({ cluster });
      expect(advice.status).toBe(200);
      expect((advice.body as AdviceReport).rows).toEqual([]);
    }
  });
});
