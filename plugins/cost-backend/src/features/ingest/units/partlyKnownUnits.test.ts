import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { readClusters } from '@headroom/plugin-clusters-node';
import { UnitMetricSource } from '@headroom/plugin-cost-node';
import { TestPostgres } from '../../../__testUtils__/database';
import { FakeUsageSource } from '../../../__testUtils__/FakeUsageSource';
import {
  headroom,
  storedEntity,
  storeEntities,
} from '../../../__testUtils__/ingest';
import { readCostConfig } from '../../../core/config/readCostConfig';
import { INTERNAL } from '../../../database/scope';
import { ScopedStores } from '../../../database/ScopedStores';
import { CostSources } from '../../../core/CostSources';
import { IngestService } from '../IngestService';
import { hoursBetween } from '../../../core/hours';
import { Calendar } from '../../../core/Calendar';
import { Coverage } from '../../../core/report/coverage';
import { ReportRequest } from '../../../core/report/ReportRequest';
import { unitCosts } from '../../cost/unitCosts';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const WEB = 'component:default/web';
const METRICS = [{ id: 'requests', title: 'Requests', per: 1, minimum: 0 }];

/** 100 requests an hour; down from this hour on, when given. */
function requests(downFrom?: string): UnitMetricSource {
  return {
    id: 'metrics',
    supports: () => true,
    units: async ({ start, end }) => {
      if (downFrom && end > new Date(downFrom)) {
        throw new Error('down');
      }
      return {
        queries: 1,
        units: hoursBetween(start, end).map(hour => ({
          hour: hour.toISOString(),
          metric: 'requests',
          quantity: 100,
          match: { entityRef: WEB },
        })),
      };
    },
  };
}

/** Unit costs of 8 to 11 January, read at noon of the 10th and at 00:30 of the 12th. */
async function reported(later: UnitMetricSource, unitMetrics = METRICS) {
  const knex = await postgres.migrated();
  await storeEntities(knex, [storedEntity()]);
  const run = async (
    now: string,
    units: UnitMetricSource,
    metrics = METRICS,
  ) => {
    const config = new ConfigReader(
      headroom({
        cost: { unitMetrics: metrics, ingest: { backfill: { hours: 60 } } },
      }),
    );
    const sources = CostSources.create();
    sources.addUsageSource(FakeUsageSource.create());
    sources.addUnitMetricSource(units);
    await IngestService.create({
      knex,
      clusters: readClusters(config),
      sources,
      config: readCostConfig(config),
      logger: mockServices.logger.mock(),
      now: () => new Date(now),
    }).runOnce(new AbortController().signal);
  };
  await run('2026-01-10T12:30:00Z', requests(), unitMetrics);
  await run('2026-01-12T00:30:00Z', later);

  const at = ScopedStores.create({
    knex,
    scope: INTERNAL.of({ kind: 'service', entityRef: WEB }),
  });
  const window = { start: '2026-01-08', end: '2026-01-12' };
  const none = { start: '2026-01-08', end: '2026-01-08' };
  const clusters = await at.ask(at.reports.coverage(window.start, window.end));
  const asked = at.money.serviceMoney({
    readFrom: window.start,
    readTo: window.end,
    current: window,
    previous: none,
    compared: { current: window, previous: none },
    shared: false,
  });
  const { days: moneyDays } = await at.ask(asked);
  const calendar = Calendar.create({ zone: 'UTC' });
  const [cost] = unitCosts(
    {
      request: { window, previous: none } as ReportRequest,
      calendar,
      days: moneyDays,
      coverage: Coverage.create({
        clusters,
        configured: new Set(['c1']),
        calendar,
        closedUntil: new Date('2026-01-12T00:00:00Z'),
        today: '2026-01-12',
      }),
    },
    METRICS,
    await at.ask(at.catalog.units(window.start, window.end)),
    clusters,
  );
  return { days: cost.days.map(({ day }) => day), cost };
}

describe('cost per unit', () => {
  it('is of every day while units are known', async () => {
    const { days } = await reported(requests());
    expect(days).toEqual([
      '2026-01-08',
      '2026-01-09',
      '2026-01-10',
      '2026-01-11',
    ]);
  });

  it('leaves out days of which some units are not known, and so does not rise', async () => {
    const { cost: whole } = await reported(requests());
    const { cost, days } = await reported(requests('2026-01-10T12:00:00Z'));
    expect(days).toEqual(['2026-01-08', '2026-01-09']);
    expect(cost.quantity).toBe(4800);
    expect(cost.unitCost).toBe(whole.unitCost);
  });

  it('leaves out the day on which a metric began to be read', async () => {
    const { days, cost } = await reported(requests(), []);
    expect(days).toEqual(['2026-01-11']);
    expect(cost.quantity).toBe(2400);
  });
});
