import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { addDays } from '@headroom/common';
import { Fence } from '@headroom/node';
import {
  AnomalyReport,
  costAnomalyDecidePermission,
  costReadPermission,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { startCostBackend } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import {
  storedEntity,
  storeEntities,
  storePodHour,
} from '../../__testUtils__/ingest';
import { Calendar } from '../../core/Calendar';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';
import { AnomalyInputStore } from '../../database/AnomalyInputStore';
import { noteAnomalyEvents } from '../../database/alerts/AnomalyEventStore';
import { AnomalyStore } from '../../database/AnomalyStore';
import { MEASURES } from '../../database/measures';
import { AnomalyJob } from './AnomalyJob';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const TODAY = new Date().toISOString().slice(0, 10);
const WEB = 'component:default/web';
const API = 'component:default/api';
const SHOP = 'group:default/shop';
const RULE = {
  floorMicros: 10_000_000n,
  percent: 25,
  newFloorMicros: 10_000_000_000n,
};
const DOLLAR = 1_000_000;

/** The day so many days ago. */
const ago = (days: number) => addDays(TODAY, -days);

/** Dollars and core-hours of a workload's day; the price is what they make it. */
interface Day {
  dollars: number;
  coreHours: number;
}

const USUAL: Day = { dollars: 100, coreHours: 1000 };

async function seedService(
  knex: Knex,
  name: string,
  dayOf: (daysAgo: number) => Day | undefined,
  days = 60,
) {
  await knex.raw(
    `INSERT INTO cost_clusters (name) VALUES ('c1') ON CONFLICT DO NOTHING`,
  );
  const {
    rows: [{ id }],
  } = await knex.raw(
    `INSERT INTO cost_containers (cluster_id, bucket, namespace, workload_kind, workload, container)
     SELECT id, 'workload', 'shop', 'Deployment', ?, 'main' FROM cost_clusters RETURNING id`,
    [name],
  );
  await knex.raw(
    `INSERT INTO cost_links (container_id, entity_id, provenance, detail)
     SELECT ?, id, 'annotation', '' FROM cost_entities WHERE name = ?`,
    [id, name],
  );
  const { rows: clusters } = await knex.raw('SELECT id FROM cost_clusters');
  const rows = Array.from({ length: days }, (_, i) => i + 1).flatMap(back => {
    const day = dayOf(back);
    return day
      ? [
          {
            cluster_id: clusters[0].id,
            day: ago(back),
            container_id: id,
            capacity_type: 'on-demand',
            region: 'us',
            ...Object.fromEntries(MEASURES.map(({ column }) => [column, 0])),
            cpu_micros: day.dollars * DOLLAR,
            cpu_core_microhours: day.coreHours * 1_000_000,
            shared_idle_micros: 0,
            shared_overhead_micros: 0,
            hours_present: 24,
          },
        ]
      : [];
  });
  await knex.batchInsert('cost_days', rows);
  await knex.raw(
    `INSERT INTO cost_cluster_days (cluster_id, day, hours_complete)
     SELECT ?, d, 24 FROM unnest(?::date[]) d ON CONFLICT DO NOTHING`,
    [clusters[0].id, Array.from({ length: days }, (_, i) => ago(i + 1))],
  );
}

async function seedShop(
  knex: Knex,
  webDay: (daysAgo: number) => Day | undefined,
  days?: number,
) {
  await storeEntities(knex, [
    storedEntity({ ownerRefs: [SHOP] }),
    storedEntity({ entityRef: API, name: 'api', ownerRefs: [SHOP] }),
    storedEntity({
      entityRef: SHOP,
      kind: 'group',
      name: 'shop',
      ownerRefs: [],
      annotations: {},
    }),
  ]);
  await seedService(knex, 'web', webDay, days);
  await seedService(knex, 'api', () => USUAL, days);
}

async function run(knex: Knex, now = new Date()) {
  let queries = 0;
  const count = () => {
    queries += 1;
  };
  knex.on('query', count);
  await AnomalyJob.create({
    input: AnomalyInputStore.create({ knex }),
    store: AnomalyStore.create({
      knex,
      fence: Fence.create({ prefix: 'cost', task: 'cost-anomalies' }),
    }),
    rule: RULE,
    calendar: Calendar.create({ zone: 'UTC' }),
    logger: mockServices.logger.mock(),
    now: () => now,
  }).run(new AbortController().signal);
  knex.removeListener('query', count);
  return queries;
}

async function reportOf(
  knex: Knex,
  path: string,
  options: Partial<Parameters<typeof startCostBackend>[0]> = {},
): Promise<AnomalyReport> {
  const agent = await startCostBackend({ knex, ...options });
  const { body } = await agent.get(`/api/cost/v1/${path}`).expect(200);
  return body;
}

/** What people are told of, in its order. */
async function toldOf(knex: Knex): Promise<Array<[string, string]>> {
  const { rows } = await knex.raw(
    `SELECT a.entity_ref, e.kind FROM cost_anomaly_events e JOIN cost_anomalies a ON a.id = e.anomaly_id
     WHERE e.taken_at IS NULL ORDER BY e.id`,
  );
  return rows.map((row: { entity_ref: string; kind: string }) => [
    row.entity_ref,
    row.kind,
  ]);
}

/** Web costs a dollar more each day, by more hours, from so many days ago on. */
const rising = (from: number) => (back: number) => {
  const dollars = 100 + Math.max(0, from - back);
  return { dollars, coreHours: dollars * 10 };
};

/** Web costs three times as much by three times the hours on one day. */
const spike = (at: number) => (back: number) =>
  back === at ? { dollars: 300, coreHours: 3000 } : USUAL;

describe('anomalies', () => {
  it('tells of a service and its team what cost too much, since when and why', async () => {
    const knex = await postgres.migrated();
    await seedShop(knex, spike(2));
    await run(knex);
    const { anomalies, currency } = await reportOf(knex, 'fleet/anomalies');
    expect(currency).toBe('USD');
    expect(anomalies).toHaveLength(2);
    expect(anomalies.find(({ kind }) => kind === 'service')).toMatchObject({
      entityRef: WEB,
      firstDay: ago(2),
      lastDay: ago(2),
      days: 1,
      actual: '300000000',
      expected: '100000000',
      excess: '200000000',
      percent: 200,
      causes: [
        {
          workload: {
            cluster: 'c1',
            namespace: 'shop',
            kind: 'Deployment',
            name: 'web',
          },
          change: '200000000',
          usage: '200000000',
          price: '0',
        },
      ],
      sentence: `On ${ago(
        2,
      )} it cost 200.00 USD (200 %) more than the 100.00 USD that the same weekdays cost before: Deployment web in shop on c1 cost 200.00 USD more, 200.00 USD of it by using more.`,
    });
    expect(anomalies.find(({ kind }) => kind === 'team')).toMatchObject({
      entityRef: SHOP,
      excess: '200000000',
      percent: 100,
      causes: [{ entityRef: WEB, change: '200000000' }],
    });
    expect(anomalies.every(({ closedAt }) => closedAt === undefined)).toBe(
      true,
    );
  });

  it('says how it was rolled out on the day and the day before', async () => {
    const knex = await postgres.migrated();
    await seedShop(knex, spike(2));
    const ran = async (replicaSet: string, hour: string) => {
      await knex.raw(
        `INSERT INTO cost_rollouts (container_id, replica_set, first_hour, last_hour)
         SELECT id, ?, ?, ? FROM cost_containers WHERE workload = 'web'`,
        [replicaSet, hour, hour],
      );
      await storePodHour(knex, new Date(Date.parse(hour) - 3_600_000));
    };
    const causeOf = async () => {
      await run(knex);
      const { anomalies } = await reportOf(knex, 'fleet/anomalies');
      const { causes, sentence } = anomalies.find(
        ({ kind }) => kind === 'service',
      )!;
      return { rollouts: causes[0].rollouts, sentence };
    };
    // The first that is known may have run before.
    await ran('web-aaa', `${ago(3)}T08:00:00Z`);
    expect((await causeOf()).rollouts).toBeUndefined();
    await ran('web-bbb', `${ago(3)}T09:00:00Z`);
    await ran('web-ccc', `${ago(2)}T14:00:00Z`);
    await ran('web-ddd', `${ago(1)}T00:00:00Z`);
    expect(await causeOf()).toMatchObject({
      rollouts: [
        { replicaSet: 'web-bbb', hour: `${ago(3)}T09:00:00.000Z` },
        { replicaSet: 'web-ccc', hour: `${ago(2)}T14:00:00.000Z` },
      ],
      sentence: expect.stringContaining(
        `by using more; that day and the day before it was rolled out as ReplicaSet web-bbb (${ago(
          3,
        )} 09:00 UTC), ReplicaSet web-ccc (${ago(2)} 14:00 UTC).`,
      ),
    });
  });

  it('tells once of a slow rise, in which no day is odd, against the week it rose from', async () => {
    const knex = await postgres.migrated();
    await seedShop(knex, rising(40), 120);
    const find = async () => {
      await run(knex);
      const { anomalies } = await reportOf(knex, 'fleet/anomalies');
      return anomalies.filter(({ kind }) => kind === 'service');
    };
    const [rise, ...others] = await find();
    expect(others).toEqual([]);
    const back = (day: string) =>
      (Date.parse(TODAY) - Date.parse(day)) / 86_400_000;
    const first = back(rise.firstDay);
    expect(first).toBeGreaterThan(7);
    const sumOf = (from: number, count: number) =>
      Array.from(
        { length: count },
        (_, i) => rising(40)(from - i).dollars,
      ).reduce((sum, dollars) => sum + dollars, 0);
    const usual = Array.from(
      { length: first },
      (_, i) => rising(40)(first + 28 - (i % 7)).dollars,
    ).reduce((sum, dollars) => sum + dollars, 0);
    expect(rise).toMatchObject({
      shape: 'rise',
      entityRef: WEB,
      lastDay: ago(1),
      days: first,
      actual: String(sumOf(first, first) * DOLLAR),
      expected: String(usual * DOLLAR),
      sentence: expect.stringMatching(
        /that the same weekdays cost four weeks before .*, as it rose week by week: Deployment web in shop on c1 cost .* USD more, .* USD of it by using more\.$/,
      ),
    });
    expect(rise.closedAt).toBeUndefined();
    // More than in the week it is compared with, and not than in the weeks it rose in.
    const [cause] = rise.causes;
    expect(cause).toMatchObject({ workload: { name: 'web' }, price: '0' });
    expect(Number(cause.change) / DOLLAR).toBeCloseTo(
      sumOf(first, first) - (sumOf(first + 28, 7) / 7) * first,
      3,
    );

    // A day that is corrected a little begins no other rise.
    await knex.raw(
      `UPDATE cost_days d SET cpu_micros = d.cpu_micros - ? FROM cost_containers c
       WHERE c.id = d.container_id AND c.workload = 'web' AND d.day = ?`,
      [3 * DOLLAR, addDays(rise.firstDay, 6)],
    );
    expect(await find()).toMatchObject([
      { id: rise.id, firstDay: rise.firstDay, shape: 'rise' },
    ]);
    expect(await toldOf(knex)).toEqual([[WEB, 'opened']]);

    // Somebody expects it.
    await knex('cost_anomalies')
      .where({ id: rise.id })
      .update({
        closed_at: TODAY,
        ended: 'expected',
        expected_until: addDays(TODAY, 5),
        expected_reason: 'A campaign',
        expected_by: 'user:default/guest',
        expected_at: TODAY,
      });
    expect(await find()).toMatchObject([{ id: rise.id, end: 'expected' }]);
  });

  it('tells people once of what is a service and its team', async () => {
    const knex = await postgres.migrated();
    await seedShop(knex, spike(6));
    await run(knex, new Date(`${ago(5)}T12:00:00Z`));
    expect(await toldOf(knex)).toEqual([[WEB, 'opened']]);
    await run(knex, new Date(`${ago(5)}T13:00:00Z`));
    await run(knex);
    expect(await toldOf(knex)).toEqual([
      [WEB, 'opened'],
      [WEB, 'closed'],
    ]);
  });

  it('tells of a team what none of its services says alone', async () => {
    const knex = await postgres.migrated();
    await seedShop(knex, spike(2));
    await knex.raw(
      `UPDATE cost_days d SET cpu_micros = 3 * cpu_micros FROM cost_containers c
       WHERE c.id = d.container_id AND c.workload = 'api' AND d.day = ?`,
      [ago(2)],
    );
    await run(knex);
    expect(await toldOf(knex)).toEqual([
      [API, 'opened'],
      [WEB, 'opened'],
      [SHOP, 'opened'],
    ]);
  });

  it('tells of a team when its owner is another, and when the service says it no more', async () => {
    const knex = await postgres.migrated();
    await seedShop(knex, spike(2));
    await run(knex);
    expect(await toldOf(knex)).toEqual([[WEB, 'opened']]);
    await knex('cost_entities')
      .where({ entity_ref: WEB })
      .update({ owner_refs: ['group:default/web'] });
    await knex.transaction(tx => noteAnomalyEvents(tx, new Date()));
    await knex.transaction(tx => noteAnomalyEvents(tx, new Date()));
    expect(await toldOf(knex)).toEqual([
      [WEB, 'opened'],
      [SHOP, 'opened'],
    ]);
  });

  it('keeps still of a team whose service somebody expects to cost more', async () => {
    const knex = await postgres.migrated();
    await seedShop(knex, spike(2));
    await run(knex);
    await knex('cost_anomalies')
      .where({ entity_ref: WEB })
      .update({
        closed_at: TODAY,
        ended: 'expected',
        expected_until: addDays(TODAY, 5),
      });
    await knex.transaction(tx => noteAnomalyEvents(tx, new Date()));
    expect(await toldOf(knex)).toEqual([
      [WEB, 'opened'],
      [WEB, 'closed'],
    ]);
  });

  it('keeps still of a team that is over later than its service', async () => {
    const knex = await postgres.migrated();
    await seedShop(knex, spike(2));
    await run(knex);
    const close = (ended: string) =>
      knex('cost_anomalies')
        .where({ entity_ref: WEB })
        .update({ closed_at: TODAY, ended });
    await close('over');
    await knex.transaction(tx => noteAnomalyEvents(tx, new Date()));
    expect(await toldOf(knex)).not.toContainEqual([SHOP, 'opened']);
    // What the service says no more, nobody has said.
    await close('restated');
    await knex.transaction(tx => noteAnomalyEvents(tx, new Date()));
    expect(await toldOf(knex)).toContainEqual([SHOP, 'opened']);
  });

  it('tells a higher price from more usage', async () => {
    const knex = await postgres.migrated();
    await seedShop(knex, back =>
      back <= 2 ? { dollars: 300, coreHours: 1000 } : USUAL,
    );
    await run(knex);
    const { anomalies } = await reportOf(
      knex,
      'services/component/default/web/anomalies',
    );
    expect(anomalies).toMatchObject([
      {
        days: 2,
        excess: '400000000',
        causes: [{ change: '400000000', usage: '0', price: '400000000' }],
      },
    ]);
  });

  it('does the same when it is run again, and closes what is over', async () => {
    const knex = await postgres.migrated();
    await seedShop(knex, spike(4));
    await run(knex, new Date(`${ago(3)}T12:00:00Z`));
    const before = await knex('cost_anomalies').orderBy('id');
    expect(before).toHaveLength(2);
    await run(knex, new Date(`${ago(3)}T13:00:00Z`));
    expect(await knex('cost_anomalies').orderBy('id')).toEqual(before);
    expect(await knex('cost_anomaly_looks').select('begun_at')).toEqual([
      { begun_at: new Date(`${ago(3)}T13:00:00Z`) },
    ]);
    await run(knex);
    const { anomalies } = await reportOf(knex, 'fleet/anomalies');
    expect(anomalies.map(({ end }) => end)).toEqual(['over', 'over']);
    expect(anomalies[0].openedAt).toBe(`${ago(3)}T12:00:00.000Z`);
  });

  it('closes what a restatement makes usual', async () => {
    const knex = await postgres.migrated();
    await seedShop(knex, spike(1));
    await run(knex);
    await knex('cost_days')
      .where({ day: ago(1) })
      .update({
        cpu_micros: 100 * DOLLAR,
      });
    await run(knex);
    const { anomalies } = await reportOf(knex, 'fleet/anomalies');
    expect(anomalies.map(({ end }) => end)).toEqual(['restated', 'restated']);
  });

  it('judges no day of which hours are missing', async () => {
    const knex = await postgres.migrated();
    await seedShop(knex, spike(1));
    await knex('cost_cluster_days')
      .where({ day: ago(1) })
      .update({
        hours_complete: 20,
      });
    await run(knex);
    expect(await knex('cost_anomalies')).toEqual([]);
  });

  it('asks as many queries of two services as of forty', async () => {
    const few = await postgres.migrated();
    await seedShop(few, spike(2));
    const many = await postgres.migrated();
    await seedShop(many, spike(2));
    const names = Array.from({ length: 38 }, (_, i) => `s${i}`);
    const { rows } = await many.raw(
      'SELECT DISTINCT entity_ref FROM cost_entities',
    );
    expect(rows).toHaveLength(3);
    await storeEntities(many, [
      storedEntity({ ownerRefs: [SHOP] }),
      storedEntity({ entityRef: API, name: 'api', ownerRefs: [SHOP] }),
      ...names.map(name =>
        storedEntity({
          entityRef: `component:default/${name}`,
          name,
          ownerRefs: [],
          annotations: {},
        }),
      ),
    ]);
    for (const name of names) {
      await seedService(many, name, spike(2));
    }
    expect(await run(many)).toBe(await run(few));
  });

  describe('what people expect', () => {
    async function opened() {
      const knex = await postgres.migrated();
      await seedShop(knex, back =>
        back <= 2 ? { dollars: 300, coreHours: 3000 } : USUAL,
      );
      await run(knex);
      const { id } = await knex('cost_anomalies')
        .where({ entity_ref: WEB })
        .first();
      return { knex, id };
    }

    const body = () => ({ until: ago(-10), reason: 'Load test' });

    it('ends an incident, says who and why, and opens none until then', async () => {
      const { knex, id } = await opened();
      const auditor = mockServices.auditor.mock();
      const createEvent = jest.fn(async () => ({
        success: jest.fn(),
        fail: jest.fn(),
      }));
      auditor.createEvent.mockImplementation(createEvent);
      const agent = await startCostBackend({
        knex,
        auditor: auditor.factory,
      });
      const { body: row } = await agent
        .put(`/api/cost/v1/anomalies/${id}/expectation`)
        .send(body())
        .expect(200);
      expect(row).toMatchObject({
        end: 'expected',
        expectation: {
          until: ago(-10),
          reason: 'Load test',
          by: 'user:default/mock',
        },
      });
      expect(createEvent).toHaveBeenCalledWith(
        expect.objectContaining({
          eventId: 'anomaly-expect',
          meta: { anomalyId: String(id) },
        }),
      );
      await run(knex);
      expect(
        await knex('cost_anomalies')
          .where({ entity_ref: WEB })
          .whereNull('closed_at'),
      ).toEqual([]);
      await agent
        .delete(`/api/cost/v1/anomalies/${id}/expectation`)
        .expect(204);
      await run(knex);
      expect(
        await knex('cost_anomalies')
          .where({ entity_ref: WEB })
          .whereNull('closed_at'),
      ).toMatchObject([{ id, ended: null }]);
    });

    it('takes a day that is not over, and a reason', async () => {
      const { knex, id } = await opened();
      const agent = await startCostBackend({ knex });
      const path = `/api/cost/v1/anomalies/${id}/expectation`;
      for (const wrong of [
        { until: TODAY, reason: 'a' },
        { until: ago(-400), reason: 'a' },
        { until: 'soon', reason: 'a' },
        { until: ago(-3), reason: '' },
        { until: ago(-3) },
      ]) {
        await agent.put(path).send(wrong).expect(400);
      }
      await agent
        .put('/api/cost/v1/anomalies/999/expectation')
        .send(body())
        .expect(404);
      await agent
        .put('/api/cost/v1/anomalies/x/expectation')
        .send(body())
        .expect(404);
      expect(
        (await knex('cost_anomalies').where({ id }).first()).expected_until,
      ).toBeNull();
    });

    it('is for who may decide of the entity, and hidden from who may not read it', async () => {
      const { knex, id } = await opened();
      const path = `/api/cost/v1/anomalies/${id}/expectation`;
      const reader = await startCostBackend({
        knex,
        decisions: {
          [costAnomalyDecidePermission.name]: { result: AuthorizeResult.DENY },
        },
      });
      await reader.put(path).send(body()).expect(403);
      const stranger = await startCostBackend({
        knex,
        decisions: {
          [costReadPermission.name]: createCostConditionalDecision(
            costReadPermission,
            costConditions.isOwner({ claims: ['group:default/other'] }),
          ),
        },
      });
      await stranger.put(path).send(body());
      expect(
        (await knex('cost_anomalies').where({ id }).first()).expected_until,
      ).toBeNull();
    });
  });

  it('shows a team to who may see all of its services, and none of it to others', async () => {
    const knex = await postgres.migrated();
    await seedShop(knex, spike(2));
    await storeEntities(knex, [
      storedEntity({ ownerRefs: [SHOP, 'group:default/web'] }),
      storedEntity({ entityRef: API, name: 'api', ownerRefs: [SHOP] }),
      storedEntity({
        entityRef: SHOP,
        kind: 'group',
        name: 'shop',
        ownerRefs: [],
        annotations: {},
      }),
    ]);
    await run(knex);
    const as = (group: string) => ({
      decisions: {
        [costReadPermission.name]: createCostConditionalDecision(
          costReadPermission,
          costConditions.isOwner({ claims: [group] }),
        ),
      },
    });
    const seenBy = async (group: string) =>
      (
        await reportOf(knex, 'teams/group/default/shop/anomalies', as(group))
      ).anomalies.map(({ kind }) => kind);
    expect(await seenBy(SHOP)).toEqual(
      expect.arrayContaining(['service', 'team']),
    );
    expect(await seenBy('group:default/web')).toEqual(['service']);
    expect(
      (
        await reportOf(knex, 'fleet/anomalies', as('group:default/web'))
      ).anomalies.map(({ entityRef }) => entityRef),
    ).toEqual([WEB]);
  });
});
