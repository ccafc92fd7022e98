import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { addDays } from '@headroom/common';
import { Fence } from '@headroom/node';
import { costReadPermission, Review } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { startCostBackend } from '../../__testUtils__/backend';
import {
  CostlyContainer,
  restate,
  seedCosts,
} from '../../__testUtils__/budgetCosts';
import { TestPostgres } from '../../__testUtils__/database';
import {
  headroom,
  storedEntity,
  storeEntities,
} from '../../__testUtils__/ingest';
import { Calendar } from '../../core/Calendar';
import { readCostConfig } from '../../core/config/readCostConfig';
import { Currencies } from '../../core/Currencies';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';
import { ReviewStore } from '../../database/reviews/ReviewStore';
import { ReviewJob } from './ReviewJob';

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const WEB = 'component:default/web';
const API = 'component:default/api';
const WEEK = '2026-06-15';
const END = '2026-06-22';
/** The first moment at which the review of the week is due. */
const DUE = '2026-06-24T00:00:00.000Z';
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

/** Two services, what is nobody's and idle capacity, from the middle of May on. */
async function seed(knex: Knex, more: CostlyContainer[] = []) {
  await storeEntities(knex, CATALOG, []);
  const at = { from: '2026-05-11', to: '2026-06-30' };
  const ids = await seedCosts(knex, [
    { ...at, name: 'web', entityRef: WEB, dollars: 10 },
    { ...at, name: 'api', entityRef: API, dollars: 5 },
    { ...at, name: 'odd', namespace: 'lost', dollars: 2 },
    { ...at, name: 'idle', namespace: '', bucket: 'idle', dollars: 3 },
    ...more,
  ]);
  await knex('cost_days').update({
    cpu_core_microhours: 1_000_000,
    cpu_usage_core_microhours: 500_000,
    cpu_known_micros: knex.ref('cpu_micros'),
  });
  return ids;
}

async function run(knex: Knex, now = DUE, cost: JsonObject = {}) {
  const config = readCostConfig(new ConfigReader(headroom({ cost })));
  const fence = Fence.create({ prefix: 'cost', task: 'cost-reviews' });
  await fence.raise(knex);
  let queries = 0;
  const count = () => {
    queries += 1;
  };
  knex.on('query', count);
  await ReviewJob.create({
    knex,
    store: ReviewStore.create({ knex, fence }),
    config,
    currencies: Currencies.create({ stored: 'USD', rates: [] }),
    calendar: Calendar.create({ zone: 'UTC' }),
    simulated: new Set(),
    logger: mockServices.logger.mock(),
    now: () => new Date(now),
  }).run(new AbortController().signal);
  knex.removeListener('query', count);
  return queries;
}

async function weeks(knex: Knex): Promise<string[]> {
  const { rows } = await knex.raw(
    'SELECT week::text FROM cost_reviews ORDER BY week',
  );
  return rows.map(({ week }: { week: string }) => week);
}

async function review(
  knex: Knex,
  options: Partial<Parameters<typeof startCostBackend>[0]> = {},
  week = WEEK,
): Promise<Review> {
  const agent = await startCostBackend({ knex, ...options });
  const { body } = await agent.get(`/api/cost/v1/review?week=${week}`);
  expect(body.error).toBeUndefined();
  return body;
}

/** Lets an advice run be newer than all that was read. */
const advise = (knex: Knex) =>
  knex('cost_advice_runs').insert({
    started_at: '2026-06-23T12:00:00Z',
    finished_at: '2026-06-23T12:01:00Z',
    window_start: '2026-06-01T00:00:00Z',
    window_end: '2026-06-23T00:00:00Z',
    days: 14,
    basis: '{}',
  });

/** Lets incidents be open that were found before the review is due. */
const odd = (
  knex: Knex,
  incidents: Array<{ entityRef: string; dollars: number; kind?: string }>,
  firstDay = WEEK,
) =>
  knex('cost_anomalies').insert(
    incidents.map(({ entityRef, dollars, kind = 'service' }) => ({
      kind,
      entity_ref: entityRef,
      first_day: firstDay,
      last_day: addDays(WEEK, 2),
      days: 1,
      actual_micros: dollars * 1e6,
      expected_micros: 10_000_000,
      score: 2,
      causes: JSON.stringify([{ change: '30000000' }]),
      opened_at: '2026-06-17T00:00:00Z',
      changed_at: '2026-06-17T00:00:00Z',
    })),
  );

const onlyShop = {
  decisions: {
    [costReadPermission.name]: createCostConditionalDecision(
      costReadPermission,
      costConditions.isOwner({ claims: ['group:default/shop'] }),
    ),
  },
};

describe('the review of a week', () => {
  it('is made when the week is closed for 48 hours, and of whole weeks before', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    await advise(knex);
    await run(knex, '2026-06-23T23:59:59.000Z');
    const before = await weeks(knex);
    expect(before).toEqual([
      '2026-05-11',
      '2026-05-18',
      '2026-05-25',
      '2026-06-01',
      '2026-06-08',
    ]);
    await run(knex);
    expect(await weeks(knex)).toEqual([...before, WEEK]);
  });

  it('says what moved, exactly, with Idle and Unallocated', async () => {
    const knex = await postgres.migrated();
    const [web] = await seed(knex);
    await advise(knex);
    await knex('cost_days')
      .where({ container_id: web })
      .where('day', '>=', WEEK)
      .update({
        cpu_micros: 20_000_000,
        cpu_known_micros: 20_000_000,
        cpu_usage_core_microhours: 750_000,
      });
    await run(knex);
    const found = await review(knex);
    expect(found).toMatchObject({
      week: WEEK,
      end: END,
      restricted: false,
      comparison: 'ok',
      pace: {
        spend: String(210n * DOLLAR),
        before: String(140n * DOLLAR),
        change: String(70n * DOLLAR),
        changeRatio: 0.5,
        month: {
          start: '2026-06-01',
          toDate: String((20n * 14n + 30n * 7n) * DOLLAR),
        },
      },
      restatement: { difference: '0' },
      anomalies: [],
    });
    expect(found.movers.services[0]).toMatchObject({
      entityRef: WEB,
      change: String(70n * DOLLAR),
      parts: {
        volume: String(35n * DOLLAR),
        efficiency: String(-35n * DOLLAR),
        price: String(70n * DOLLAR),
        unsplit: '0',
      },
    });
    expect(found.movers.services.map(({ kind }) => kind).sort()).toEqual([
      'idle',
      'service',
      'service',
      'unallocated',
    ]);
    expect(found.pace.month.projection?.status).toBe('ok');
  });

  it('counts a Job that ran in one of the weeks as one-off', async () => {
    const knex = await postgres.migrated();
    const ids = await seed(knex, [
      {
        name: 'import',
        entityRef: API,
        from: WEEK,
        to: addDays(WEEK, 1),
        dollars: 9,
      },
    ]);
    await advise(knex);
    await knex('cost_containers')
      .where({ id: ids.at(-1) })
      .update({ workload_kind: 'Job' });
    await run(knex);
    const { movers } = await review(knex);
    expect(movers.services[0]).toMatchObject({
      entityRef: API,
      parts: { oneOff: String(9n * DOLLAR), volume: '0' },
    });
  });

  it('says the same when the week is restated later, and how much it was', async () => {
    const knex = await postgres.migrated();
    const [web] = await seed(knex);
    await advise(knex);
    await run(knex);
    const then = await review(knex);
    await restate(knex, web, 11);
    await run(knex, '2026-07-01T12:00:00.000Z');
    const { restatement, ...now } = await review(knex);
    expect({ ...now, restatement: then.restatement }).toEqual(then);
    expect(restatement).toEqual({
      spend: String(147n * DOLLAR),
      difference: String(7n * DOLLAR),
    });
    const shop = await review(knex, onlyShop);
    expect(shop.restatement).toEqual({
      spend: String(77n * DOLLAR),
      difference: String(7n * DOLLAR),
    });
    // What a cluster's day cost in all is kept with it, and read by who has everything.
    await knex('cost_cluster_days').update({
      micros: knex.raw(
        '(SELECT sum(cpu_micros) + 1 FROM cost_days d WHERE (d.cluster_id, d.day) = (cost_cluster_days.cluster_id, cost_cluster_days.day))',
      ),
    });
    expect((await review(knex)).restatement?.spend).toBe(
      String(147n * DOLLAR + 7n),
    );
    expect((await review(knex, onlyShop)).restatement).toEqual(
      shop.restatement,
    );
  });

  it('tells once, and only of a week that is just over', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    await advise(knex);
    const told = async () => {
      const rows = await knex('cost_alerts').select('alert').orderBy('id');
      return rows.map(({ alert }) => alert);
    };
    const cost = { alerts: { platformTeam: 'group:default/platform' } };
    await run(knex, DUE, cost);
    await run(knex, DUE, cost);
    expect(await told()).toEqual([
      expect.objectContaining({
        kind: 'review',
        subject: { type: 'everything' },
        notify: ['group:default/platform'],
        sentence:
          'The week cost 140.00 USD, as much as the week before. No budget is at risk.',
        link: `/cost/review?week=${WEEK}`,
      }),
    ]);

    await knex('cost_reviews').where({ week: WEEK }).delete();
    await knex('cost_alerts').delete();
    await run(knex, DUE);
    expect(await told()).toEqual([]);
    await knex('cost_reviews').where({ week: WEEK }).delete();
    await run(knex, DUE, {
      ...cost,
      reviews: { notify: ['user:default/ann'] },
    });
    expect(await told()).toEqual([
      expect.objectContaining({ notify: ['user:default/ann'] }),
    ]);
  });

  it('is of what a caller may see', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    await advise(knex);
    await odd(
      knex,
      [WEB, API].map(entityRef => ({ entityRef, dollars: 50 })),
    );
    await run(knex);
    const shop = await review(knex, onlyShop);
    expect(shop.restricted).toBe(true);
    expect(shop.pace.spend).toBe(String(70n * DOLLAR));
    expect(shop.movers.services.map(({ key }) => key)).toEqual([WEB]);
    expect(shop.anomalies.map(({ entityRef }) => entityRef)).toEqual([WEB]);
    expect(shop.actions).toEqual([
      expect.objectContaining({
        kind: 'anomaly',
        entityRef: WEB,
        ownerRef: 'group:default/shop',
      }),
    ]);
    expect((await review(knex)).anomalies).toHaveLength(2);

    const nobody = await startCostBackend({
      knex,
      decision: { result: AuthorizeResult.DENY },
    });
    await nobody.get('/api/cost/v1/review').expect(403);
    await nobody.get('/api/cost/v1/reviews').expect(403);
  });

  it('waits for hours that are missing, and says so when they stay away', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    await advise(knex);
    await knex('cost_cluster_days')
      .where({ day: WEEK })
      .update({ hours_complete: 20 });
    await run(knex);
    expect(await weeks(knex)).not.toContain(WEEK);
    await run(knex, '2026-07-01T00:00:00.000Z');
    const late = await review(knex);
    expect(late).toMatchObject({
      comparison: 'incomplete',
      hours: { after: { complete: 164, wanted: 168 } },
    });
    expect(late.advice).toBeUndefined();
    expect(late.budgetRisks).toBeUndefined();
  });

  it('waits for the back-fill, for sums and for advice', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    const state = (values: object) => knex('cost_ingest_state').update(values);
    await state({
      backfill_from: '2026-05-01T00:00:00Z',
      backfill_start: '2026-06-20T00:00:00Z',
      backfill_cursor: '2026-06-10T00:00:00Z',
    });
    await run(knex);
    expect(await weeks(knex)).toEqual([]);
    await state({ backfill_cursor: '2026-05-01T00:00:00Z' });
    const dirty = { cluster_id: 1, day: '2026-06-16', generation: 1 };
    await knex('cost_dirty_days').insert({
      ...dirty,
      cluster_id: (await knex('cost_clusters').first('id')).id,
    });
    await run(knex);
    expect(await weeks(knex)).not.toContain(WEEK);
    await knex('cost_dirty_days').delete();
    await run(knex);
    expect(await weeks(knex)).not.toContain(WEEK);
    await advise(knex);
    await run(knex);
    expect(await weeks(knex)).toContain(WEEK);
    expect((await review(knex)).advice).toEqual({
      perMonth: '0',
      services: 0,
      top: [],
    });
  });

  it('waits for anomalies of what came in, and of a week long past for a day', async () => {
    const knex = await postgres.migrated();
    await seed(knex);
    await advise(knex);
    const { id } = await knex('cost_clusters').first('id');
    await knex('cost_ingest_hours').insert(
      ['2026-05-13T10:00:00Z', `${WEEK}T10:00:00Z`].map(hour => ({
        cluster_id: id,
        hour,
        status: 'complete',
        source: 'prometheus',
        ingested_at: '2026-06-23T11:00:00Z',
      })),
    );
    const look = (begunAt: string) =>
      knex('cost_anomaly_looks')
        .insert({ begun_at: begunAt })
        .onConflict('newest')
        .merge();
    const past = ['2026-05-11', '2026-05-18'];
    const unread = ['2026-05-25', '2026-06-01', '2026-06-08'];
    await run(knex);
    expect(await weeks(knex)).toEqual(unread);
    await look('2026-06-23T11:04:00Z');
    await run(knex, '2026-06-24T12:00:00.000Z');
    expect(await weeks(knex)).toEqual([...past, ...unread]);
    await look('2026-06-23T11:05:00Z');
    await run(knex, '2026-06-24T12:00:00.000Z');
    expect(await weeks(knex)).toContain(WEEK);
  });

  it('tells which weeks there are, and refuses what is no Monday', async () => {
    const knex = await postgres.migrated();
    const agent = await startCostBackend({ knex });
    const empty = await agent.get('/api/cost/v1/reviews').expect(200);
    expect(empty.body.weeks).toEqual([]);
    const { body } = await agent.get('/api/cost/v1/review').expect(404);
    expect(body.error.message).toMatch(/^There is no review yet/);
    await agent.get(`/api/cost/v1/review?week=${WEEK}`).expect(404);
    const wrong = await agent
      .get('/api/cost/v1/review?week=2026-06-16')
      .expect(400);
    expect(wrong.body.error.message).toBe(
      'week is "2026-06-16"; it must be a Monday such as 2026-11-16',
    );
    await seed(knex);
    await run(knex, '2026-07-10T00:00:00.000Z');
    const list = await agent.get('/api/cost/v1/reviews').expect(200);
    expect(list.body.weeks.map(({ week }: { week: string }) => week)).toEqual(
      (await weeks(knex)).reverse(),
    );
  });

  it('asks as many queries of two services as of forty', async () => {
    const few = await postgres.migrated();
    await seed(few);
    const many = await postgres.migrated();
    await seed(
      many,
      Array.from({ length: 38 }, (_, i) => ({
        name: `s${i}`,
        from: '2026-05-11',
        to: '2026-06-01',
        dollars: 1,
      })),
    );
    expect(await run(many)).toBe(await run(few));
  });
});

describe('anomalies and actions of a review', () => {
  const SHOP = 'group:default/shop';
  const told = ({ anomalies, actions }: Review) => ({ anomalies, actions });

  async function made(knex: Knex, firstDay = WEEK) {
    await seed(knex);
    await advise(knex);
    const incidents = [
      { entityRef: WEB, dollars: 50 },
      { entityRef: API, dollars: 40 },
      { entityRef: SHOP, dollars: 30, kind: 'team' },
    ];
    await odd(knex, incidents, firstDay);
    await run(knex);
  }

  /** One ends, one grows and is expected by somebody, and one comes to light. */
  async function goOn(knex: Knex) {
    const of = (entityRef: string) =>
      knex('cost_anomalies').where({ entity_ref: entityRef });
    await of(WEB).update({
      closed_at: '2026-06-25T00:00:00Z',
      changed_at: '2026-06-25T00:00:00Z',
      ended: 'over',
    });
    await of(API).update({ actual_micros: 90_000_000, days: 3 });
    const { id } = await of(API).first('id');
    const agent = await startCostBackend({ knex });
    await agent
      .put(`/api/cost/v1/anomalies/${id}/expectation`)
      .send({
        until: addDays(new Date().toISOString().slice(0, 10), 10),
        reason: 'Load test',
      })
      .expect(200);
    await odd(
      knex,
      [{ entityRef: 'component:default/late', dollars: 99 }],
      addDays(WEEK, 1),
    );
  }

  it('are those of when it was made, whoever opens it and when', async () => {
    const knex = await postgres.migrated();
    await made(knex);
    const then = told(await review(knex));
    const ofShop = told(await review(knex, onlyShop));
    expect(
      then.anomalies.map(({ entityRef, end }) => [entityRef, end]),
    ).toEqual([
      [WEB, undefined],
      [API, undefined],
      [SHOP, undefined],
    ]);
    expect(
      then.actions.map(({ kind, entityRef }) => [kind, entityRef]),
    ).toEqual([
      ['anomaly', WEB],
      ['anomaly', API],
      ['anomaly', SHOP],
    ]);
    expect(ofShop.anomalies).toEqual(then.anomalies.slice(0, 1));
    await goOn(knex);
    expect(told(await review(knex))).toEqual(then);
    expect(told(await review(knex, onlyShop))).toEqual(ofShop);
  });

  it('are of what a caller may see by now', async () => {
    const knex = await postgres.migrated();
    await made(knex);
    await knex('cost_entities')
      .where({ entity_ref: WEB })
      .update({ owner_refs: ['group:default/platform'] });
    await knex('cost_entities')
      .where({ entity_ref: API })
      .update({ owner_refs: [SHOP] });
    const { anomalies } = await review(knex, onlyShop);
    expect(anomalies.map(({ entityRef }) => entityRef)).toEqual([API]);
  });

  it('go on from the week before as that was', async () => {
    const knex = await postgres.migrated();
    await made(knex, '2026-06-08');
    const then = await review(knex);
    expect(then.actions.map(({ again }) => again)).toEqual([true, true, true]);
    await goOn(knex);
    expect(told(await review(knex))).toEqual(told(then));
  });

  it('go on from no review that is made later', async () => {
    const knex = await postgres.migrated();
    await made(knex, '2026-06-08');
    await knex('cost_reviews').where({ week: '2026-06-08' }).delete();
    const alone = await review(knex);
    expect(alone.actions[0].again).toBe(false);
    await run(knex, '2026-07-01T12:00:00.000Z');
    expect(await weeks(knex)).toContain('2026-06-08');
    expect(told(await review(knex))).toEqual(told(alone));
  });

  it('are those of now where it was made before they were kept', async () => {
    const knex = await postgres.migrated();
    await made(knex);
    await knex('cost_reviews').update({ anomalies: null });
    await goOn(knex);
    const { anomalies } = await review(knex);
    expect(anomalies.map(({ entityRef, end }) => [entityRef, end])).toEqual([
      ['component:default/late', undefined],
      [API, 'expected'],
      [WEB, 'over'],
      [SHOP, undefined],
    ]);
  });
});
