import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { eachDay } from '@headroom/common';
import { Fence } from '@headroom/node';
import {
  CompletionReport,
  costReadPermission,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { startCostBackend } from '../../__testUtils__/backend';
import { CostlyContainer, seedCosts } from '../../__testUtils__/budgetCosts';
import { TestPostgres } from '../../__testUtils__/database';
import {
  headroom,
  storedEntity,
  storeEntities,
} from '../../__testUtils__/ingest';
import { Calendar } from '../../core/Calendar';
import { readCostConfig } from '../../core/config/readCostConfig';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';
import { CompletionStore } from '../../database/completion/CompletionStore';
import { CompletionJob } from './CompletionJob';

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const WEB = 'component:default/web';
const API = 'component:default/api';
/** The days before 6 July are closed for 48 hours. */
const NOW = '2026-07-08T00:10:00.000Z';
const NOW_FROM = '2026-06-08';
const DOLLAR = 1_000_000n;

const CATALOG = [
  storedEntity({ ownerRefs: ['group:default/shop'] }),
  storedEntity({
    entityRef: API,
    name: 'api',
    ownerRefs: ['group:default/platform'],
    annotations: {},
  }),
];

/** May costs 10 a day for web and 5 for api, and 3 are idle; web halves in June. */
async function seed(knex: Knex, more: CostlyContainer[] = []) {
  await storeEntities(knex, CATALOG, []);
  const at = { from: '2026-05-01', to: '2026-07-07' };
  const ids = await seedCosts(knex, [
    { ...at, name: 'web', entityRef: WEB, dollars: 10 },
    { ...at, name: 'api', entityRef: API, dollars: 5 },
    { ...at, name: 'idle', namespace: '', bucket: 'idle', dollars: 3 },
    ...more,
  ]);
  await knex('cost_days').update({
    cpu_core_microhours: 1_000_000,
    cpu_usage_core_microhours: 500_000,
    cpu_known_micros: knex.ref('cpu_micros'),
  });
  await knex('cost_days')
    .where({ container_id: ids[0] })
    .where('day', '>=', '2026-06-01')
    .update({
      cpu_micros: 5_000_000,
      cpu_known_micros: 5_000_000,
      cpu_core_microhours: 500_000,
    });
  return ids;
}

/** A service's day: a thousand requests an hour, one in a thousand fails, and a p95 of 0.2 s. */
async function seedLevels(
  knex: Knex,
  change: (day: string) => object | undefined = () => ({}),
  name: { entity_ref: string; namespace: string; workload: string } = {
    entity_ref: '',
    namespace: 'shop',
    workload: 'web',
  },
) {
  const { id } = await knex('cost_clusters').first('id');
  for (const day of eachDay('2026-05-01', '2026-07-06')) {
    const row = change(day);
    if (row) {
      await knex('cost_level_days').insert({
        cluster_id: id,
        day,
        ...name,
        hours: 24,
        requests: 24_000,
        errors: 24,
        latency: JSON.stringify({
          '0.1': 21_600,
          '0.25': 1800,
          '0.5': 600,
        }),
        ...row,
      });
    }
  }
}

async function createJob(
  knex: Knex,
  now = NOW,
  completion: JsonObject = {},
  logger = mockServices.logger.mock(),
) {
  const config = readCostConfig(
    new ConfigReader(headroom({ cost: { completion } })),
  );
  const fence = Fence.create({ prefix: 'cost', task: 'cost-completion' });
  await fence.raise(knex);
  return CompletionJob.create({
    knex,
    store: CompletionStore.create({ knex, fence }),
    config,
    calendar: Calendar.create({ zone: 'UTC' }),
    simulated: new Set(),
    logger,
    now: () => new Date(now),
  });
}

async function run(knex: Knex, now = NOW, completion: JsonObject = {}) {
  const job = await createJob(knex, now, completion);
  let queries = 0;
  const count = () => {
    queries += 1;
  };
  knex.on('query', count);
  await job.run();
  knex.removeListener('query', count);
  return queries;
}

async function report(
  knex: Knex,
  options: Partial<Parameters<typeof startCostBackend>[0]> = {},
): Promise<CompletionReport> {
  const agent = await startCostBackend({ knex, ...options });
  const { body } = await agent.get('/api/cost/v1/completion').expect(200);
  return body;
}

const onlyShop = {
  decisions: {
    [costReadPermission.name]: createCostConditionalDecision(
      costReadPermission,
      costConditions.isOwner({ claims: ['group:default/shop'] }),
    ),
  },
};

describe('the completion report', () => {
  it('compares the first whole month with the last four weeks, exactly, and judges services', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    await seedLevels(knex);
    await run(knex);
    const found = await report(knex);
    expect(found).toMatchObject({
      restricted: false,
      baseline: { month: '2026-05', days: 31, leftOut: 0, hours: 744 },
      now: { start: NOW_FROM, end: '2026-07-06', days: 28, hours: 672 },
      spend: {
        before: String(18n * 28n * DOLLAR),
        after: String(13n * 28n * DOLLAR),
        change: String(-5n * 28n * DOLLAR),
        beforePerDay: String(18n * DOLLAR),
        afterPerDay: String(13n * DOLLAR),
        parts: {
          volume: '0',
          efficiency: String(-5n * 28n * DOLLAR),
          price: '0',
          oneOff: '0',
          unsplit: '0',
        },
      },
      levels: {
        read: { requests: true, errors: true, latency: true },
        counts: { held: 1, broken: 0, unknown: 1 },
      },
    });
    expect(
      found.rows.services.map(({ title, kind, change, verdict }) => [
        title ?? kind,
        change,
        verdict,
      ]),
    ).toEqual([
      ['web', String(-5n * 28n * DOLLAR), 'held'],
      ['api', '0', 'unknown'],
      ['idle', '0', undefined],
    ]);
    const [api, web] = found.levels.services;
    expect(api.checks.p95).toEqual({ verdict: 'unknown', reason: 'no-series' });
    expect(web.checks.p95).toEqual({
      verdict: 'held',
      before: expect.closeTo(0.2, 9),
      after: expect.closeTo(0.2, 9),
    });
  });

  it('says broken where a service became slower, and unknown where nothing is read', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    const slower = { '0.1': 12_000, '0.25': 6000, '0.5': 6000 };
    await seedLevels(knex, day =>
      day < NOW_FROM
        ? { errors: null }
        : { errors: null, latency: JSON.stringify(slower) },
    );
    await run(knex);
    const { levels } = await report(knex);
    expect(levels.read).toEqual({
      requests: true,
      errors: false,
      latency: true,
    });
    const [web] = levels.services;
    expect(web.verdict).toBe('broken');
    expect(web.checks.p95.verdict).toBe('broken');
    expect(web.checks.errorRate).toEqual({
      verdict: 'unknown',
      reason: 'not-read',
    });
  });

  it('knows no latency of a window that has an hour without', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    await seedLevels(knex, day => (day === NOW_FROM ? { latency: null } : {}));
    await run(knex);
    const web = (await report(knex)).levels.services.find(
      ({ entityRef }) => entityRef === WEB,
    );
    expect(web?.checks.p95).toMatchObject({
      verdict: 'unknown',
      reason: 'no-series',
    });
    expect(web?.checks.throughput.verdict).toBe('held');
  });

  it('takes neither hours nor workloads that were not read for requests that nobody made', async () => {
    const knex = await postgres.migrated();
    await seed(knex, [
      {
        name: 'jobs',
        entityRef: API,
        from: '2026-05-01',
        to: '2026-07-07',
        dollars: 1,
      },
    ]);
    // Nothing is read of web for eight days; of api's workloads one is read no more.
    await seedLevels(knex, day =>
      day >= NOW_FROM && day < '2026-06-16' ? undefined : {},
    );
    const of = (workload: string) => ({
      entity_ref: '',
      namespace: 'shop',
      workload,
    });
    await seedLevels(knex, () => ({}), of('api'));
    await seedLevels(
      knex,
      day => (day < NOW_FROM ? {} : undefined),
      of('jobs'),
    );
    await run(knex);
    const checks = new Map(
      (await report(knex)).levels.services.map(each => [
        each.entityRef,
        each.checks.throughput,
      ]),
    );
    expect(checks.get(WEB)).toEqual({
      verdict: 'held',
      before: expect.closeTo(999 / 3600, 9),
      after: expect.closeTo(999 / 3600, 9),
    });
    expect(checks.get(API)).toMatchObject({
      verdict: 'unknown',
      reason: 'no-series',
    });
  });

  it('knows nothing of a service that was read for one hour a day', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    await seedLevels(knex, day => (day < NOW_FROM ? {} : { hours: 1 }));
    await run(knex);
    const web = (await report(knex)).levels.services.find(
      ({ entityRef }) => entityRef === WEB,
    );
    expect(web).toMatchObject({
      verdict: 'unknown',
      checks: { throughput: { reason: 'few-days' } },
    });
  });

  it('follows a service to its new name, with what it cost and how it served', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    await seedLevels(knex);
    const { id } = await knex('cost_entities')
      .where({ entity_ref: API })
      .first('id');
    const old = await knex('cost_entities').where({ entity_ref: WEB }).first();
    // Its workloads are linked to another entity now.
    await knex('cost_links')
      .where({ entity_id: old.id })
      .update({ entity_id: id });
    await run(knex);
    const { rows, levels } = await report(knex);
    expect(rows.services[0]).toMatchObject({
      entityRef: API,
      before: String(15n * 28n * DOLLAR),
      after: String(10n * 28n * DOLLAR),
      verdict: 'held',
    });
    expect(levels.counts).toEqual({ held: 1, broken: 0, unknown: 0 });
  });

  it('is of what a caller may see', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    await run(knex);
    const shop = await report(knex, onlyShop);
    expect(shop.restricted).toBe(true);
    expect(shop.rows.services.map(({ entityRef }) => entityRef)).toEqual([WEB]);
    expect(shop.spend.after).toBe(String(5n * 28n * DOLLAR));
    expect(shop.levels.services.map(({ entityRef }) => entityRef)).toEqual([
      WEB,
    ]);
    const nobody = await startCostBackend({
      knex,
      decision: { result: AuthorizeResult.DENY },
    });
    await nobody.get('/api/cost/v1/completion').expect(403);
  });

  it('is made anew when another day is closed or another month is asked for, and not before', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    const madeAt = async () =>
      (await knex('cost_completion').first('made_at')).made_at.toISOString();
    await run(knex);
    expect(await madeAt()).toBe(NOW);
    await run(knex, '2026-07-08T23:00:00.000Z');
    expect(await madeAt()).toBe(NOW);
    await run(knex, '2026-07-08T23:00:00.000Z', { baseline: '2026-01' });
    expect(await madeAt()).toBe('2026-07-08T23:00:00.000Z');
    expect(await report(knex)).toMatchObject({
      monthMissing: '2026-01',
      baseline: { month: '2026-05' },
    });
    await run(knex, '2026-07-09T00:00:00.000Z');
    expect(await report(knex)).toMatchObject({ now: { end: '2026-07-07' } });
  });

  it('waits for fourteen closed days, and for days to be summed', async () => {
    const knex = await postgres.migrated();
    const agent = await startCostBackend({ knex });
    const { body } = await agent.get('/api/cost/v1/completion').expect(404);
    expect(body.error.message).toMatch(/^There is no completion report yet/);
    await seed(knex);
    await run(knex, '2026-05-15T23:00:00.000Z');
    expect(await knex('cost_completion')).toEqual([]);
    const { id } = await knex('cost_clusters').first('id');
    await knex('cost_dirty_days').insert({
      cluster_id: id,
      day: '2026-05-10',
      generation: 1,
    });
    await run(knex, '2026-05-17T00:00:00.000Z');
    expect(await knex('cost_completion')).toEqual([]);
    await knex('cost_dirty_days').delete();
    await run(knex, '2026-05-17T00:00:00.000Z');
    const { baseline, now } = await report(knex);
    expect(baseline).toMatchObject({ start: '2026-05-01', days: 7 });
    expect(baseline.month).toBeUndefined();
    expect(now).toMatchObject({ start: '2026-05-08', days: 7 });
  });

  it('leaves out days of which hours are missing', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    await knex('cost_cluster_days')
      .where({ day: '2026-05-03' })
      .update({ hours_complete: 20 });
    await run(knex);
    const { baseline, spend } = await report(knex);
    expect(baseline).toMatchObject({ days: 30, leftOut: 1, hours: 720 });
    expect(spend.beforePerDay).toBe(String(18n * DOLLAR));
  });

  it('counts a cluster that is gone for 14 days after it was read last, and then no more', async () => {
    const knex = await postgres.migrated();
    const left = { cluster: 'c2', from: '2026-05-01', to: '2026-06-01' };
    await seed(knex, [{ ...left, name: 'old', dollars: 4 }]);
    await run(knex);
    expect(await report(knex)).toMatchObject({
      baseline: { month: '2026-05', days: 31 },
      now: { start: NOW_FROM, end: '2026-07-06', days: 21, leftOut: 7 },
      spend: {
        beforePerDay: String(22n * DOLLAR),
        afterPerDay: String(13n * DOLLAR),
      },
    });
  });

  it('says once while it lasts that there can be no report, and which cluster hours are missing of', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    const logger = mockServices.logger.mock();
    const warned = () => logger.warn.mock.calls.map(([message]) => message);
    await knex('cost_cluster_days').update({ hours_complete: 20 });
    const young = await createJob(knex, '2026-05-15T23:00:00Z', {}, logger);
    await young.run();
    expect(warned()).toEqual([]);
    const job = await createJob(knex, NOW, {}, logger);
    await job.run();
    await job.run();
    expect(warned()).toEqual([
      'No completion report can be made of the days since 2026-05-01: too few are complete; hours are missing of c1',
    ]);
    await knex('cost_cluster_days').update({ hours_complete: 24 });
    await job.run();
    await knex('cost_cluster_days').update({ hours_complete: 20 });
    await job.run();
    expect(warned()).toHaveLength(2);
  });

  it('asks as many queries of two services as of forty', async () => {
    const few = await postgres.migrated();
    await seed(few);
    const many = await postgres.migrated();
    await seed(
      many,
      Array.from({ length: 38 }, (_, i) => ({
        name: `s${i}`,
        from: '2026-05-01',
        to: '2026-05-04',
        dollars: 1,
      })),
    );
    expect(await run(many)).toBe(await run(few));
  });
});
