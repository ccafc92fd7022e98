import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { readClusters } from '@headroom/plugin-clusters-node';
import { Knex } from 'knex';
import { TestPostgres } from '../../__testUtils__/database';
import {
  container,
  FakeUsageSource,
  node,
} from '../../__testUtils__/FakeUsageSource';
import { headroom, totalMicros } from '../../__testUtils__/ingest';
import { readCostConfig } from '../../core/config/readCostConfig';
import { SourcesScope, SourcesStore } from '../../database/SourcesStore';
import { CostSources } from '../../core/CostSources';
import { IngestService } from './IngestService';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const NOW = Date.parse('2026-01-10T12:30:00.000Z');
const MINUTES = 60_000;
const HOURS = 60 * MINUTES;
/** A quarter of an hour after the first reading. */
const SOON = NOW + 15 * MINUTES;

/** A source of usage, one of prices and one of units, each of which a test can silence. */
function createWorld(knex: Knex, backfillHours = 48) {
  const up = { prices: true, units: true };
  let at = NOW;
  const usage = FakeUsageSource.create(hour => ({
    nodes: [node(hour, { hourlyPrice: undefined })],
    containers: [container(hour)],
  }));
  const sources = CostSources.create();
  sources.addUsageSource(usage);
  sources.addPriceSource({
    id: 'bill',
    supports: () => true,
    prices: async () => {
      if (!up.prices) {
        throw new Error('down');
      }
      return {
        currency: 'USD',
        nodes: [
          {
            instanceType: 'test.large',
            capacityType: 'on-demand',
            hourlyPrice: '3',
          },
        ],
      };
    },
  });
  sources.addUnitMetricSource({
    id: 'units',
    supports: () => true,
    units: async ({ start }) => {
      if (!up.units) {
        throw new Error('down');
      }
      return {
        units: [
          {
            hour: start.toISOString(),
            metric: 'requests',
            quantity: 7,
            match: { entityRef: 'component:default/web' },
          },
        ],
        queries: 1,
      };
    },
  });
  const config = new ConfigReader(
    headroom({
      cost: {
        ingest: { backfill: { hours: backfillHours } },
        unitMetrics: [{ id: 'requests', title: 'Requests' }],
      },
    }),
  );
  const service = IngestService.create({
    knex,
    clusters: readClusters(config),
    sources,
    config: readCostConfig(config),
    logger: mockServices.logger.mock(),
    now: () => new Date(at),
  });
  return {
    up,
    usage,
    run: async (now: number) => {
      at = now;
      await service.runOnce(new AbortController().signal);
    },
    counts: async (now = at) => {
      const horizon = new Date(
        Math.floor(now / HOURS) * HOURS - backfillHours * HOURS,
      );
      const [{ unfinished }] = await SourcesStore.create({
        knex,
        scope: SourcesScope.grant(),
      }).sources(horizon);
      return unfinished;
    },
  };
}

let knex: Knex;
beforeEach(async () => {
  knex = await postgres.migrated();
});

async function states(): Promise<Array<[string, boolean, number]>> {
  const { rows } = await knex.raw(
    'SELECT status, units_known, count(*)::integer FROM cost_ingest_hours GROUP BY 1, 2 ORDER BY 1',
  );
  return rows.map((row: Record<string, unknown>) => Object.values(row));
}

describe('hours that were ingested while prices were away', () => {
  it('are read again until their amounts are right, though the back-fill is finished', async () => {
    const world = createWorld(knex);
    world.up.prices = false;
    await world.run(NOW);
    expect(await states()).toEqual([['partial', true, 48]]);
    expect(await world.counts()).toEqual({ again: 48, left: 0 });
    const mispriced = await totalMicros(knex);

    world.up.prices = true;
    await world.run(SOON);
    expect(await states()).toEqual([['complete', true, 48]]);
    expect(await world.counts()).toEqual({ again: 0, left: 0 });
    expect(await totalMicros(knex)).toBe(48n * 3_000_000n);
    expect(mispriced).not.toBe(48n * 3_000_000n);
  });

  it('are tried less and less often, a few requests each time', async () => {
    const world = createWorld(knex);
    world.up.prices = false;
    await world.run(NOW);
    const asked = async (now: number) => {
      const before = world.usage.asked.length;
      await world.run(now);
      return world.usage.asked.length - before;
    };
    // 48 hours in requests of 24.
    expect(await asked(SOON - 1)).toBe(0);
    expect(await asked(SOON)).toBe(2);
    expect(await asked(SOON)).toBe(0);
    expect(await asked(SOON + 14 * MINUTES)).toBe(0);
    expect(await world.counts()).toEqual({ again: 48, left: 0 });
  });

  it('are left alone once they are beyond the horizon, and counted as such', async () => {
    const world = createWorld(knex, 24);
    world.up.prices = false;
    await world.run(NOW);
    expect(await world.counts(NOW + 20 * HOURS)).toEqual({
      again: 4,
      left: 20,
    });
    world.up.prices = true;
    await world.run(NOW + 20 * HOURS);
    // The late horizon reaches six hours back; four are within the horizon of a day.
    expect(await world.counts()).toMatchObject({ again: 0 });
    const left = (await world.counts())?.left;
    expect(left).toBe(18);
    await world.run(NOW + 300 * HOURS);
    expect((await world.counts())?.left).toBe(left);
  });
});

describe('hours whose unit metrics were away', () => {
  it('are read again for them, and keep their amounts', async () => {
    const world = createWorld(knex);
    world.up.units = false;
    await world.run(NOW);
    expect(await states()).toEqual([['complete', false, 48]]);
    expect(await world.counts()).toEqual({ again: 48, left: 0 });
    const total = await totalMicros(knex);

    world.up.units = true;
    await world.run(SOON);
    expect(await world.counts()).toEqual({ again: 0, left: 0 });
    expect(await states()).toEqual([['complete', true, 48]]);
    expect(await totalMicros(knex)).toBe(total);
    const units = await knex('cost_unit_days').sum({ sum: 'quantity' }).first();
    expect(Number(units?.sum)).toBeGreaterThan(0);
  });

  it('are not what nobody asked for', async () => {
    const world = createWorld(knex);
    await world.run(NOW);
    await knex('cost_ingest_hours').update({ units_known: false });
    expect(await world.counts()).toEqual({ again: 0, left: 0 });
  });
});

describe('gaps', () => {
  it('are filled when the source has their hours after all', async () => {
    const world = createWorld(knex);
    world.usage.missing.add('2026-01-09T03:00:00.000Z');
    await world.run(NOW);
    expect(await world.counts()).toEqual({ again: 1, left: 0 });
    world.usage.missing.clear();
    await world.run(SOON);
    expect(await world.counts()).toEqual({ again: 0, left: 0 });
    expect(await totalMicros(knex)).toBe(48n * 3_000_000n);
    expect(world.usage.asked.at(-1)).toEqual({
      cluster: 'c1',
      start: '2026-01-09T03:00:00.000Z',
      end: '2026-01-09T04:00:00.000Z',
    });
  });
});
