import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { HOUR_MS } from '@headroom/common';
import { Fence } from '@headroom/node';
import {
  costReadPermission,
  CostRulesReport,
  RuleOccurrence,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { startCostBackend } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import {
  headroom,
  storedEntity,
  storeEntities,
} from '../../__testUtils__/ingest';
import { readCostConfig } from '../../core/config/readCostConfig';
import { Currencies } from '../../core/Currencies';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';
import { MEASURES } from '../../database/measures';
import { ensurePartitions } from '../../database/partitions';
import { RuleStore, takeRuleEvents } from '../../database/rules/RuleStore';
import { RuleJob } from './RuleJob';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const WEB = 'component:default/web';
const SHOP = 'group:default/shop';
const COMPANY = 'group:default/company';
const DOLLAR = 1_000_000;
/** Hours are counted from here. */
const START = new Date('2026-06-15T00:00:00.000Z');
const hourAt = (index: number) => new Date(START.getTime() + index * HOUR_MS);
const isoAt = (index: number) => hourAt(index).toISOString();

/** Dollars an hour of CPU, and the part of it that is used. */
interface Hour {
  dollars?: number;
  used?: number;
  spot?: boolean;
}

async function setUp(names: string[] = ['web']) {
  const knex = await postgres.migrated();
  await storeEntities(
    knex,
    [
      ...names.map(name =>
        storedEntity({
          entityRef: `component:default/${name}`,
          name,
          title: name.toLocaleUpperCase('en-US'),
          ownerRefs: [SHOP],
        }),
      ),
      ...['shop', 'company'].map(name =>
        storedEntity({
          entityRef: `group:default/${name}`,
          kind: 'group',
          name,
          ownerRefs: [],
          annotations: {},
        }),
      ),
    ],
    [{ group: SHOP, parent: COMPANY }],
  );
  await ensurePartitions(knex, START);
  await knex.raw(`INSERT INTO cost_clusters (name) VALUES ('c1'), ('c2')`);
  await knex.raw(
    `INSERT INTO cost_containers (cluster_id, bucket, namespace, workload_kind, workload, container)
     SELECT k.id, 'workload', 'shop', 'Deployment', n, 'main' FROM cost_clusters k, unnest(?::text[]) n
     WHERE k.name = 'c1'`,
    [names],
  );
  await knex.raw(
    `INSERT INTO cost_links (container_id, entity_id, provenance, detail)
     SELECT c.id, e.id, 'annotation', '' FROM cost_containers c JOIN cost_entities e ON e.name = c.workload`,
  );
  return knex;
}

/** Stores an hour as the ingest does: anew, whatever was there; `undefined` = not complete. */
async function storeHour(
  knex: Knex,
  index: number,
  hour: Hour | undefined,
  name = 'web',
) {
  const { dollars = 10, used = 0.1, spot = false } = hour ?? {};
  const {
    rows: [{ id, cluster_id: clusterId }],
  } = await knex.raw(
    'SELECT id, cluster_id FROM cost_containers WHERE workload = ?',
    [name],
  );
  await knex('cost_hours')
    .where({ cluster_id: clusterId, hour: hourAt(index), container_id: id })
    .delete();
  await knex('cost_hours').insert({
    cluster_id: clusterId,
    hour: hourAt(index),
    container_id: id,
    capacity_type: spot ? 'spot' : 'on-demand',
    region: 'us',
    ...Object.fromEntries(MEASURES.map(({ column }) => [column, 0])),
    cpu_micros: dollars * DOLLAR,
    cpu_known_micros: dollars * DOLLAR,
    cpu_used_micros: Math.round(dollars * used * DOLLAR),
    cpu_core_microhours: 4_000_000,
  });
  await knex.raw(
    `INSERT INTO cost_ingest_hours (cluster_id, hour, status, source, ingested_at)
     VALUES (?, ?, ?, 'test', clock_timestamp())
     ON CONFLICT (cluster_id, hour) DO UPDATE SET status = excluded.status, ingested_at = clock_timestamp()`,
    [clusterId, hourAt(index), hour ? 'complete' : 'missing'],
  );
}

/** Capacity of c1 that was given to nobody, beside the hours that are stored. */
async function storeIdle(knex: Knex, hours: number, dollars: number) {
  const { rows } = await knex.raw(
    `INSERT INTO cost_containers (cluster_id, bucket, namespace, workload_kind, workload, container)
     SELECT id, 'idle', '', '', 'pool', '' FROM cost_clusters WHERE name = 'c1' RETURNING id, cluster_id`,
  );
  for (let index = 0; index < hours; index += 1) {
    await knex('cost_hours').insert({
      cluster_id: rows[0].cluster_id,
      hour: hourAt(index),
      container_id: rows[0].id,
      capacity_type: 'on-demand',
      region: 'us',
      ...Object.fromEntries(MEASURES.map(({ column }) => [column, 0])),
      cpu_micros: dollars * DOLLAR,
    });
  }
}

async function storeHours(
  knex: Knex,
  from: number,
  hours: Array<Hour | undefined>,
) {
  for (const [i, hour] of hours.entries()) {
    await storeHour(knex, from + i, hour);
  }
}

const times = <T>(count: number, hour: T): T[] =>
  Array.from({ length: count }, () => hour);

function jobOf(knex: Knex, watch: JsonObject = {}, budgets: JsonObject[] = []) {
  const clock = { hours: 0 };
  const config = readCostConfig(
    new ConfigReader(
      headroom({ cost: { alerts: { watch }, budgets: { defined: budgets } } }),
    ),
  );
  const job = RuleJob.create({
    knex,
    fence: Fence.create({ prefix: 'cost', task: 'cost-rules' }),
    config,
    currencies: Currencies.create({ stored: 'USD', rates: [] }),
    logger: mockServices.logger.mock(),
    // Ten minutes past the hour: what ended there is closed.
    now: () => new Date(hourAt(clock.hours).getTime() + 600_000),
  });
  return async (hours: number) => {
    clock.hours = hours;
    let queries = 0;
    const count = () => {
      queries += 1;
    };
    knex.on('query', count);
    await job.run(new AbortController().signal);
    knex.removeListener('query', count);
    return queries;
  };
}

async function take(knex: Knex): Promise<RuleOccurrence[]> {
  return takeRuleEvents(knex, 1000, new Date());
}

const said = (events: RuleOccurrence[]) =>
  events.map(({ kind, rule, title, since, end }) =>
    [kind, rule.id, title, since?.slice(0, 16), end].filter(Boolean).join(' '),
  );

const UTILISATION_ONLY = Object.fromEntries(
  ['daily-cost', 'waste', 'spot-share'].map(id => [id, { enabled: false }]),
);

describe('rules', () => {
  it('tell once that one has held, and that it is over', async () => {
    const knex = await setUp();
    const run = jobOf(knex, UTILISATION_ONLY);
    await storeHours(knex, 0, [...times(29, { used: 0.6 }), { used: 0.1 }]);
    await run(30);
    expect(await take(knex)).toEqual([]);
    await storeHour(knex, 30, { used: 0.2 });
    await run(31);
    const [event] = await take(knex);
    expect(event).toEqual({
      kind: 'began',
      at: new Date(hourAt(31).getTime() + 600_000).toISOString(),
      since: isoAt(29),
      rule: {
        id: 'utilisation',
        measure: 'utilisation',
        side: 'below',
        threshold: 30,
        severity: 'normal',
        notify: [],
      },
      subject: { type: 'service', entityRef: WEB },
      title: 'WEB',
      value: 20,
      perDay: 240 * DOLLAR,
    });
    // The same hours again, by this process and by another, and one that is no news.
    await run(31);
    await jobOf(knex, UTILISATION_ONLY)(31);
    await storeHour(knex, 31, { used: 0.1 });
    await run(32);
    await storeHour(knex, 32, { used: 0.5 });
    await run(33);
    expect(await take(knex)).toEqual([]);
    await storeHour(knex, 33, { used: 0.5 });
    await run(34);
    expect(said(await take(knex))).toEqual([
      'ended utilisation WEB 2026-06-16T08:00 back',
    ]);
    await run(34);
    expect(await take(knex)).toEqual([]);
  });

  it('go on where another process was stopped, and write all of a turn or nothing', async () => {
    const knex = await setUp();
    await storeHours(knex, 0, times(31, { used: 0.1 }));
    await knex.raw(
      `ALTER TABLE cost_rule_turns ADD CONSTRAINT stopped CHECK (rule_id <> 'utilisation')`,
    );
    await expect(jobOf(knex, UTILISATION_ONLY)(31)).rejects.toThrow(/stopped/);
    expect(await take(knex)).toEqual([]);
    expect(await RuleStore.create({ knex }).states()).toEqual([]);
    await knex.raw('ALTER TABLE cost_rule_turns DROP CONSTRAINT stopped');
    await jobOf(knex, UTILISATION_ONLY)(31);
    expect(said(await take(knex))).toHaveLength(1);
    // Days later, since when it is so is what it was.
    await storeHours(knex, 31, times(40, { used: 0.1 }));
    await jobOf(knex, UTILISATION_ONLY)(71);
    expect(await take(knex)).toEqual([]);
    const [{ state, told }] = await RuleStore.create({ knex }).states();
    expect([state.over, told]).toEqual([true, true]);
    const before = state.since;
    await storeHours(knex, 71, times(3, { used: 0.1 }));
    await jobOf(knex, UTILISATION_ONLY)(74);
    const [after] = await RuleStore.create({ knex }).states();
    expect(after.state.since).toBe(before);
  });

  it('neither begin nor end in hours that are not known, and count those that come late', async () => {
    const knex = await setUp();
    const run = jobOf(knex, UTILISATION_ONLY);
    await storeHours(knex, 0, [
      ...times(29, { used: 0.6 }),
      { used: 0.1 },
      undefined,
      { used: 0.1 },
    ]);
    await run(32);
    expect(await take(knex)).toEqual([]);
    // It comes late.
    await storeHour(knex, 30, { used: 0.1 });
    await run(32);
    expect(said(await take(knex))).toEqual([
      'began utilisation WEB 2026-06-16T05:00',
    ]);
    // The cluster is not read any more.
    await storeHours(knex, 32, times(5, undefined));
    await run(37);
    expect(await take(knex)).toEqual([]);
    const store = RuleStore.create({ knex });
    expect(await store.states()).toMatchObject([
      { isUnknown: true, told: true, state: { over: true } },
    ]);
    expect(await store.turns()).toContainEqual({
      ruleId: 'utilisation',
      through: isoAt(36),
      unknown: [{ type: 'service', entityRef: WEB }],
      unknownCount: 1,
    });
    // What made it begin isn't known any more either: that ends nothing.
    await storeHours(knex, 29, times(3, undefined));
    await run(37);
    expect(await take(knex)).toEqual([]);
    expect(await store.over()).toHaveLength(1);
  });

  it('take back what hours that were restated never made', async () => {
    const knex = await setUp();
    const run = jobOf(knex, UTILISATION_ONLY);
    await storeHours(knex, 0, [
      ...times(29, { used: 0.6 }),
      { used: 0.1 },
      { used: 0.1 },
    ]);
    await run(31);
    await take(knex);
    await storeHours(knex, 29, times(2, { used: 0.7 }));
    await run(31);
    expect(said(await take(knex))).toEqual(['ended utilisation WEB restated']);
    expect(await RuleStore.create({ knex }).states()).toEqual([]);
  });

  it('stay what they were while there is no such subject, and are over after a week', async () => {
    const knex = await setUp();
    const store = RuleStore.create({ knex });
    const run = jobOf(knex, UTILISATION_ONLY);
    const vanish = (isGone: boolean) =>
      knex('cost_entities')
        .where({ entity_ref: WEB })
        .update({ vanished_at: isGone ? START : null });
    await storeHours(knex, 0, times(31, { used: 0.1 }));
    await run(31);
    expect(await take(knex)).toHaveLength(1);
    await vanish(true);
    await run(32);
    expect(await store.over()).toMatchObject([
      { told: true, isUnknown: true, title: 'WEB' },
    ]);
    await vanish(false);
    await storeHours(knex, 31, times(2, { used: 0.1 }));
    await run(33);
    expect(await store.over()).toEqual([
      expect.objectContaining({ told: true, isUnknown: false }),
    ]);
    expect((await store.over())[0]).not.toHaveProperty('unseenSince');
    expect(await take(knex)).toEqual([]);
    await vanish(true);
    await run(34);
    await run(34 + 7 * 24 - 1);
    expect(await take(knex)).toEqual([]);
    await run(34 + 7 * 24);
    expect(said(await take(knex))).toEqual(['ended utilisation WEB nothing']);
    expect(await store.states()).toEqual([]);
  });

  it('do not begin again with a budget that is back, and forget what they are not for any more', async () => {
    const knex = await setUp();
    await storeHours(knex, 0, times(31, { used: 0.6 }));
    const budget = {
      id: 'web',
      scope: { type: 'service', entityRef: WEB },
      amount: '6000',
    };
    await jobOf(knex, {}, [budget])(31);
    expect(
      (await take(knex)).filter(({ rule }) => rule.id === 'daily-cost'),
    ).toHaveLength(1);
    await jobOf(knex)(31);
    await jobOf(knex, {}, [budget])(31);
    expect(await take(knex)).toEqual([]);
    await jobOf(knex, { 'daily-cost': { subjects: ['team'] } }, [budget])(31);
    expect(await take(knex)).toEqual([]);
    expect(
      (await RuleStore.create({ knex }).states()).filter(
        ({ ruleId }) => ruleId === 'daily-cost',
      ),
    ).toEqual([]);
  });

  it('tell no more than once a day what comes and goes', async () => {
    const knex = await setUp();
    const run = jobOf(knex, UTILISATION_ONLY);
    await storeHours(knex, 0, [
      ...times(31, { used: 0.1 }),
      ...times(3, { used: 0.5 }),
    ]);
    await run(31);
    await run(34);
    expect((await take(knex)).map(({ kind }) => kind)).toEqual([
      'began',
      'ended',
    ]);
    await storeHours(knex, 34, times(2, { used: 0.1 }));
    await run(36);
    const store = RuleStore.create({ knex });
    expect(await store.over()).toMatchObject([{ told: false }]);
    await storeHours(knex, 36, times(2, { used: 0.5 }));
    await run(38);
    expect(await store.over()).toEqual([]);
    await storeHours(knex, 38, times(20, { used: 0.1 }));
    await run(48);
    await run(57);
    expect(await take(knex)).toEqual([]);
    // A day after people were told that it was over, it is so all the same.
    await run(58);
    expect(said(await take(knex))).toEqual([
      'began utilisation WEB 2026-06-16T14:00',
    ]);
    await run(59);
    expect(await take(knex)).toEqual([]);
  });

  it('say so when the rule is another one, and of one that is switched off nothing', async () => {
    const knex = await setUp();
    await storeHours(knex, 0, times(31, { used: 0.2 }));
    await jobOf(knex, UTILISATION_ONLY)(31);
    await take(knex);
    await jobOf(knex, { ...UTILISATION_ONLY, utilisation: { below: 25 } })(31);
    expect(await take(knex)).toEqual([]);
    await jobOf(knex, { ...UTILISATION_ONLY, utilisation: { below: 15 } })(31);
    expect(said(await take(knex))).toEqual(['ended utilisation WEB changed']);
    await jobOf(knex, UTILISATION_ONLY)(31);
    await take(knex);
    await jobOf(knex, {
      ...UTILISATION_ONLY,
      utilisation: { enabled: false },
    })(31);
    expect(await take(knex)).toEqual([]);
    expect(await RuleStore.create({ knex }).states()).toEqual([]);
  });

  it('say so when it is the budget that is another one, and call only hours corrected', async () => {
    const knex = await setUp();
    const turn = async (hours: number, amount: string) => {
      // 6000 of 30 days are 200 a day.
      await jobOf(knex, {}, [
        { id: 'web', scope: { type: 'service', entityRef: WEB }, amount },
      ])(hours);
      return (await take(knex)).flatMap(({ kind, rule, since, end }) =>
        rule.id === 'daily-cost' ? [{ kind, since, end }] : [],
      );
    };
    await storeHours(knex, 0, times(31, { used: 0.6 }));
    expect(await turn(31, '6000')).toMatchObject([{ kind: 'began' }]);
    expect(await turn(31, '9000')).toEqual([
      { kind: 'ended', since: undefined, end: 'budget' },
    ]);
    // By neither budget it is so.
    expect(await turn(31, '6000')).toMatchObject([{ kind: 'began' }]);
    await storeHours(knex, 0, times(31, { used: 0.6, dollars: 5 }));
    expect(await turn(31, '6300')).toMatchObject([{ end: 'restated' }]);
    // It began before the hours that are judged again.
    await storeHours(knex, 0, times(31, { used: 0.6 }));
    expect(await turn(31, '6000')).toMatchObject([{ kind: 'began' }]);
    await storeHours(knex, 31, times(40, { used: 0.6 }));
    expect(await turn(71, '6000')).toEqual([]);
    expect(await turn(71, '9000')).toMatchObject([{ end: 'budget' }]);
  });

  it('judge a day by a budget, teams by their services, and clusters by their capacity', async () => {
    const knex = await setUp();
    await storeHours(knex, 0, times(40, { used: 0.6, dollars: 20 }));
    const budget = (id: string, scope: JsonObject, amount: string) => ({
      id,
      scope,
      amount,
    });
    await jobOf(
      knex,
      {
        'hourly-spend': { enabled: true, above: 15 },
        'wasted-at-all': {
          measure: 'waste',
          above: 30,
          subjects: ['team'],
          only: [COMPANY],
        },
      },
      [
        // 480 USD a day: June has 30 days.
        budget('shop', { type: 'group', entityRef: SHOP }, '14300'),
        budget('web', { type: 'service', entityRef: WEB }, '14400'),
        budget('c1', { type: 'cluster', cluster: 'c1' }, '0'),
      ],
    )(40);
    const events = await take(knex);
    expect(said(events).sort()).toEqual([
      'began daily-cost shop 2026-06-15T23:00',
      'began hourly-spend c1 2026-06-15T22:00',
      'began hourly-spend company 2026-06-15T22:00',
      'began hourly-spend shop 2026-06-15T22:00',
      'began spot-share c1 2026-06-15T22:00',
      'began wasted-at-all company 2026-06-15T22:00',
    ]);
    expect(
      events.find(({ rule }) => rule.id === 'daily-cost')?.value,
    ).toBeCloseTo((480 / (14_300 / 30)) * 100, 2);
  });

  it('compare a budget with the cost that it counts, as far as hours have it', async () => {
    const knex = await setUp();
    await storeHours(knex, 0, times(31, { used: 0.6, dollars: 10 }));
    await storeIdle(knex, 31, 5);
    // 240 USD a day are given and 120 are idle: of 300 that is 80 %, or 120 %.
    const only = {
      'spot-share': { enabled: false },
      waste: { enabled: false },
    };
    const c1 = (cost: JsonObject) => ({
      id: 'c1',
      scope: { type: 'cluster', cluster: 'c1' },
      amount: '9000',
      cost,
    });
    await jobOf(knex, only, [c1({ basis: 'allocated', idle: 'separate' })])(31);
    expect(said(await take(knex))).toEqual([]);
    await jobOf(knex, only, [c1({ basis: 'allocated', idle: 'shared' })])(31);
    const events = await take(knex);
    expect(said(events)).toEqual(['began daily-cost c1 2026-06-15T23:00']);
    expect(events[0]).toMatchObject({
      value: expect.closeTo(120, 6),
      perDay: 360 * DOLLAR,
    });
    // What of it is a service's share is not in hours: nothing is said rather than less.
    const web = (idle: string) => ({
      id: 'web',
      scope: { type: 'service', entityRef: WEB },
      amount: '6000',
      cost: { basis: 'allocated', idle },
    });
    await jobOf(knex, only, [web('shared')])(31);
    expect(said(await take(knex))).toEqual([]);
    await jobOf(knex, only, [web('separate')])(31);
    expect(said(await take(knex))).toEqual([
      'began daily-cost WEB 2026-06-15T23:00',
    ]);
  });

  it('take as many statements however many services there are, and are silent about small ones', async () => {
    const few = await setUp();
    await storeHours(few, 0, times(31, { used: 0.1 }));
    const before = await jobOf(few)(31);
    const names = Array.from({ length: 60 }, (_, i) => `s${i}`);
    const many = await setUp(names);
    for (const name of names) {
      for (let index = 25; index < 31; index += 1) {
        await storeHour(
          many,
          index,
          { used: 0.1, dollars: name === 's7' ? 10 : 0.5 },
          name,
        );
      }
    }
    const run = jobOf(many);
    expect(await run(31)).toBe(before);
    const events = await take(many);
    expect(
      events.filter(({ rule }) => rule.id === 'utilisation'),
    ).toMatchObject([{ title: 'S7' }]);
    // Nothing was read since: a look at that and at budgets is enough to know.
    expect(await run(31)).toBe(3);
  });

  it('are shown to who may see all of what is over them', async () => {
    const knex = await setUp();
    await storeHours(knex, 0, times(31, { used: 0.1 }));
    await jobOf(knex)(31);
    const everything = await startCostBackend({ knex });
    const { body }: { body: CostRulesReport } = await everything
      .get('/api/cost/v1/rules')
      .expect(200);
    expect(
      body.over.map(({ ruleId, title }) => `${ruleId} ${title}`).sort(),
    ).toEqual([
      'spot-share c1',
      'utilisation WEB',
      'waste company',
      'waste shop',
    ]);
    expect(body.over.find(({ title }) => title === 'WEB')).toEqual({
      ruleId: 'utilisation',
      subject: { type: 'service', entityRef: WEB },
      title: 'WEB',
      since: expect.stringMatching(/^2026-06-15T/),
      percent: expect.closeTo(10, 6),
      perDay: String(240 * DOLLAR),
      unknown: false,
    });
    expect(body.rules.find(({ id }) => id === 'utilisation')).toMatchObject({
      percent: 30,
      through: isoAt(30),
      unknown: 0,
      enabled: true,
    });
    expect(body.restricted).toBe(false);

    const own = await startCostBackend({
      knex,
      decisions: {
        [costReadPermission.name]: createCostConditionalDecision(
          costReadPermission,
          costConditions.isOwner({ claims: ['group:default/other'] }),
        ),
      },
    });
    await own.get('/api/cost/v1/rules').expect(403);
    const owner = await startCostBackend({
      knex,
      decisions: {
        [costReadPermission.name]: createCostConditionalDecision(
          costReadPermission,
          costConditions.isOwner({ claims: [SHOP] }),
        ),
      },
    });
    const { body: seen }: { body: CostRulesReport } = await owner
      .get('/api/cost/v1/rules')
      .expect(200);
    expect(seen.over.map(({ title }) => title)).not.toContain('c1');
    expect(seen.over.map(({ title }) => title)).toContain('WEB');
    expect(seen.restricted).toBe(true);
    const nobody = await startCostBackend({
      knex,
      decision: { result: AuthorizeResult.DENY },
    });
    await nobody.get('/api/cost/v1/rules').expect(403);
  });
});
