import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JsonObject } from '@backstage/types';
import { Fence } from '@headroom/node';
import { readClusters } from '@headroom/plugin-clusters-node';
import {
  BudgetDefinitionInput,
  budgetDefinitionSchema,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { restate, seedCosts, seedHour } from '../../__testUtils__/budgetCosts';
import { TestPostgres } from '../../__testUtils__/database';
import {
  headroom,
  storedEntity,
  storeEntities,
} from '../../__testUtils__/ingest';
import { Calendar } from '../../core/Calendar';
import { readCostConfig } from '../../core/config/readCostConfig';
import { Currencies } from '../../core/Currencies';
import { createEntityMirror } from '../../database/entityMirror';
import { BudgetStore } from '../../database/budgets/BudgetStore';
import { BudgetEvaluator } from './BudgetEvaluator';
import { BudgetJob } from './BudgetJob';

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const WEB = 'component:default/web';
const API = 'component:default/api';
const SHOP = { type: 'group', entityRef: 'group:default/shop' } as const;
const COMPANY = { type: 'group', entityRef: 'group:default/company' } as const;
const TODAY = '2026-06-16';

const groupOf = (name: string) =>
  storedEntity({
    entityRef: `group:default/${name}`,
    kind: 'group',
    name,
    ownerRefs: [`group:default/${name}`],
    annotations: {},
  });
const CATALOG = [
  storedEntity(),
  storedEntity({
    entityRef: API,
    name: 'api',
    ownerRefs: ['group:default/platform'],
    systemRef: 'system:default/s',
    annotations: {},
  }),
  ...['shop', 'platform', 'company'].map(groupOf),
];
const EDGES = ['shop', 'platform'].map(name => ({
  group: `group:default/${name}`,
  parent: 'group:default/company',
}));

async function setUp(config: JsonObject = {}) {
  const knex = await postgres.migrated();
  await storeEntities(knex, CATALOG, EDGES);
  const at = { from: '2026-04-01', to: TODAY };
  const [web, api] = await seedCosts(knex, [
    { ...at, name: 'web', entityRef: WEB, dollars: 10, sharedDollars: 1 },
    {
      ...at,
      name: 'api',
      entityRef: API,
      dollars: 5,
      labels: { tier: 'gold' },
    },
    {
      ...at,
      name: 'idle',
      namespace: '',
      bucket: 'idle',
      dollars: 3,
      sharedDollars: -3,
    },
  ]);
  return {
    knex,
    web,
    api,
    store: BudgetStore.create({ knex }),
    ...jobOf(knex, config),
  };
}

function jobOf(knex: Knex, change: JsonObject = {}) {
  const reader = new ConfigReader(headroom(change));
  const config = readCostConfig(reader);
  const clock = { now: `${TODAY}T12:00:00.000Z` };
  const currencies = Currencies.create({
    stored: config.currency,
    rates: config.exchangeRates,
  });
  const fence = Fence.create({ prefix: 'cost', task: 'cost-budgets' });
  const logger = mockServices.logger.mock();
  const job = BudgetJob.create({
    knex,
    fence,
    config,
    currencies,
    evaluator: BudgetEvaluator.create({
      config,
      currencies,
      calendar: Calendar.create({ zone: config.timezone }),
      configured: new Set(readClusters(reader).map(({ name }) => name)),
    }),
    catalog: catalogServiceMock({
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'System',
          metadata: { name: 's' },
          relations: [{ type: 'partOf', targetRef: 'domain:default/d' }],
        },
      ],
    }),
    auth: mockServices.auth(),
    logger,
    now: () => new Date(clock.now),
  });
  return { clock, fence, job, logger };
}

async function add(
  store: BudgetStore,
  id: string,
  change: Partial<BudgetDefinitionInput>,
) {
  const budget = budgetDefinitionSchema.parse({
    scope: SHOP,
    period: { type: 'month' },
    amount: '100',
    currency: 'USD',
    ...change,
  });
  await store.insert(id, budget, { by: 'user:default/u', at: new Date(0) });
  return budget;
}

async function spent(store: BudgetStore): Promise<Record<string, unknown>> {
  return Object.fromEntries(
    [...(await store.statuses())].map(([id, { status, problem }]) => [
      id,
      problem ?? Number(status?.spent) / 1e6,
    ]),
  );
}

const take = (knex: Knex, store: BudgetStore, limit = 100) =>
  knex.transaction(tx => store.take(tx, limit, new Date()));

it('sums what each kind of scope cost since the period began', async () => {
  const { job, knex, store } = await setUp();
  // 15 days of June are over.
  await add(store, 'shop', {});
  await add(store, 'company', { scope: COMPANY });
  await add(store, 'company-idle', {
    scope: COMPANY,
    period: { type: 'week', weekday: 'mon' },
    cost: { basis: 'allocated', idle: 'shared' },
  });
  await add(store, 'web', { scope: { type: 'service', entityRef: WEB } });
  await add(store, 'system', {
    scope: { type: 'system', entityRef: 'system:default/s' },
  });
  await add(store, 'domain', {
    scope: { type: 'domain', entityRef: 'domain:default/d' },
  });
  await add(store, 'cluster', { scope: { type: 'cluster', cluster: 'c1' } });
  await add(store, 'cluster-idle', {
    scope: { type: 'cluster', cluster: 'c1' },
    period: { type: 'year' },
    cost: { basis: 'allocated', idle: 'shared' },
  });
  await add(store, 'namespace', {
    scope: { type: 'namespace', namespace: 'shop', cluster: 'c1' },
  });
  await add(store, 'other', {
    scope: { type: 'namespace', namespace: 'shop', cluster: 'c2' },
  });
  await add(store, 'label', {
    scope: { type: 'label', label: 'tier', value: 'gold' },
  });
  await add(store, 'unknown', {
    scope: { type: 'service', entityRef: 'component:default/nobody' },
  });
  await add(store, 'bill', {
    scope: { type: 'tag', tag: 'service', value: 'web' },
    cost: { basis: 'billed' },
  });
  const queries: string[] = [];
  knex.on('query', ({ sql }) => queries.push(sql));
  await job.run();
  const first = queries.length;
  const nothing =
    'No workload was found that it is for, so nothing is known of its cost';
  expect(await spent(store)).toEqual({
    shop: 150,
    company: 225,
    // Monday the 15th, with what is idle shared.
    'company-idle': 16,
    web: 150,
    system: 75,
    domain: 75,
    cluster: 225,
    // April to mid-June; what was moved is moved within the cluster, but for one dollar of each day.
    'cluster-idle': 76 * 16,
    namespace: 225,
    other: nothing,
    label: 75,
    unknown: nothing,
    bill: 'No bill was read yet',
  });
  const status = (await store.statuses()).get('shop')?.status;
  expect(status).toMatchObject({
    start: '2026-06-01',
    end: '2026-07-01',
    completeThrough: '2026-06-15',
    incompleteDays: 0,
    projection: { status: 'ok', total: '300000000' },
    breachedOn: '2026-06-11',
  });

  // As many queries for a hundred as for a few.
  for (let index = 0; index < 100; index += 1) {
    await add(store, `more-${index}`, {
      scope: { type: 'label', label: 'n', value: String(index) },
    });
  }
  queries.length = 0;
  await job.run();
  // The first wrote events, and summed what nobody had summed: days, which were new.
  expect(queries.length).toBe(first - 3);
});

it('looks at a period that is over while it may be corrected', async () => {
  const { clock, job, knex, store, web } = await setUp();
  const weekly: Partial<BudgetDefinitionInput> = {
    amount: '100',
    period: { type: 'week', weekday: 'mon' },
    thresholds: [{ on: 'spent', percent: 100 }],
  };
  const told = async () =>
    (await take(knex, store)).map(
      ({ budgetId, kind, start, reached }) =>
        `${budgetId} ${kind} ${start} ${reached / 1_000_000n}`,
    );
  await add(store, 'week', weekly);
  clock.now = '2026-06-14T12:00:00.000Z';
  await job.run();
  expect(await told()).toEqual([]);

  // Two days later it turns out that each day of it cost twice as much.
  clock.now = `${TODAY}T12:00:00.000Z`;
  await add(store, 'new', {
    ...weekly,
    scope: { type: 'service', entityRef: WEB },
  });
  await restate(knex, web, 20);
  await job.run();
  await job.run();
  expect(await told()).toEqual(['week fired 2026-06-08 140']);
  const { week, new: fresh } = Object.fromEntries(await store.statuses());
  expect(week.status).toMatchObject({
    start: '2026-06-15',
    spent: '20000000',
    closed: {
      start: '2026-06-08',
      end: '2026-06-15',
      limit: '100000000',
      spent: '140000000',
    },
  });
  // Nobody had a budget that week.
  expect(fresh.status).toMatchObject({ start: '2026-06-15' });
  expect(fresh.status?.closed).toBeUndefined();

  await restate(knex, web, 10);
  await job.run();
  await job.run();
  expect(await told()).toEqual(['week cleared 2026-06-08 70']);

  // With another amount it is another budget, which the week before knows nothing of.
  await store.update(
    {
      id: 'week',
      version: 1,
      budget: budgetDefinitionSchema.parse({
        scope: SHOP,
        currency: 'USD',
        ...weekly,
        amount: '50',
      }),
    },
    { by: 'user:default/u', at: new Date(0) },
  );
  await job.run();
  expect(await told()).toEqual([]);
});

it('tells what happened exactly once, and takes it back when costs are corrected', async () => {
  const { clock, job, knex, store, web } = await setUp();
  await add(store, 'shop', { amount: '160' });
  await job.run();
  await job.run();
  const events = await take(knex, store);
  expect(
    events.map(({ kind, on, percent }) => `${kind} ${on} ${percent}`),
  ).toEqual(['fired spent 80', 'fired forecast 100']);
  expect(events[0]).toMatchObject({
    budgetId: 'shop',
    budget: { amount: '160' },
    limit: 160_000_000n,
    reached: 150_000_000n,
    reason: {
      message:
        '150.00 USD of 160.00 USD are spent in the period from 2026-06-01 to 2026-06-30, which is 80 % of the budget or more.',
    },
  });
  expect(await take(knex, store)).toEqual([]);

  await restate(knex, web, 4);
  clock.now = `${TODAY}T13:00:00.000Z`;
  await job.run();
  expect(
    (await take(knex, store)).map(({ kind, reason }) => [kind, reason.message]),
  ).toEqual([
    [
      'cleared',
      'What is spent since 2026-06-01 was corrected from 150.00 USD to 60.00 USD, so that 80 % of the budget is not reached after all.',
    ],
    [
      'cleared',
      'The costs up to 2026-06-15 were corrected from 150.00 USD to 60.00 USD, so that 100 % of the budget is not forecast any more.',
    ],
  ]);
  const happened = async (scope: BudgetDefinitionInput['scope']) =>
    (await store.happenings('shop', { scope }, 10)).map(({ kind }) => kind);
  expect(await happened(SHOP)).toEqual([
    'cleared',
    'cleared',
    'fired',
    'fired',
  ]);
  expect(
    await happened({ type: 'group', entityRef: 'group:default/other' }),
  ).toEqual([]);
});

it('fires nothing again of a budget that was not seen for a turn', async () => {
  const { fence, job, knex, store } = await setUp();
  await add(store, 'shop', { amount: '1' });
  await job.run();
  expect(await take(knex, store)).not.toEqual([]);
  await store.keep([], fence);
  expect(await store.statuses()).toEqual(new Map());
  await job.run();
  expect(await take(knex, store)).toEqual([]);
});

it('removes a version, and none that came meanwhile', async () => {
  const { store } = await setUp();
  const budget = await add(store, 'shop', {});
  const at = { by: 'user:default/u', at: new Date(0) };
  await store.update({ id: 'shop', version: 1, budget }, at);
  expect(await store.remove('shop', 1)).toBe(false);
  expect(await store.find('shop')).toMatchObject({ version: 2 });
  expect(await store.remove('shop', 2)).toBe(true);
  expect(await store.find('shop')).toBeUndefined();
});

it('leaves an event for later when its delivery is not committed, and gives none to two', async () => {
  const { job, knex, store } = await setUp();
  await add(store, 'shop', { amount: '1' });
  await job.run();
  await expect(
    knex.transaction(async tx => {
      expect(await store.take(tx, 100, new Date())).toHaveLength(3);
      throw new Error('the mail server is down');
    }),
  ).rejects.toThrow('the mail server is down');
  const [one, other] = await knex.transaction(async tx => {
    const taken = await store.take(tx, 2, new Date());
    return [taken, await take(knex, store)];
  });
  expect([one.length, other.length]).toEqual([2, 1]);
  expect(new Set([...one, ...other].map(({ id }) => id)).size).toBe(3);
});

it('keeps the cost with who owned a service then', async () => {
  const { clock, job, knex, store } = await setUp();
  await add(store, 'shop', {});
  await add(store, 'platform', {
    scope: { type: 'group', entityRef: 'group:default/platform' },
  });
  await add(store, 'company', { scope: COMPANY });
  await job.run();
  expect(await spent(store)).toEqual({ shop: 150, platform: 75, company: 225 });
  const moved = CATALOG.map(each =>
    each.entityRef === WEB
      ? { ...each, ownerRefs: ['group:default/platform'] }
      : each,
  );
  await createEntityMirror({ knex }).replaceAll(
    moved,
    EDGES,
    new Date('2026-06-11T00:00:00Z'),
  );
  await knex('cost_links').update({ owner_refs: null });
  await seedLink(knex);
  clock.now = `${TODAY}T13:00:00.000Z`;
  await job.run();
  expect(await spent(store)).toEqual({
    shop: 100,
    platform: 125,
    company: 225,
  });
});

/** A link that the move of its service took stays for this test. */
async function seedLink(knex: Knex) {
  await knex.raw(
    `INSERT INTO cost_links (container_id, entity_id, provenance, detail)
     SELECT c.id, e.id, 'annotation', 'test' FROM cost_containers c, cost_entities e
     WHERE c.workload = 'web' AND e.entity_ref = ? ON CONFLICT DO NOTHING`,
    [WEB],
  );
}

it('begins the period with its own first hour in another zone, to the hour', async () => {
  const { job, knex, store, web } = await setUp();
  // June begins at 22:00 UTC of May 31st in Berlin, and at 04:00 UTC in New York.
  await seedHour(knex, {
    containerId: web,
    at: '2026-05-31T21:00:00Z',
    dollars: 4,
  });
  await seedHour(knex, {
    containerId: web,
    at: '2026-05-31T22:00:00Z',
    dollars: 0.5,
  });
  await seedHour(knex, {
    containerId: web,
    at: '2026-05-31T23:00:00Z',
    dollars: 0.25,
  });
  await seedHour(knex, {
    containerId: web,
    at: '2026-06-01T03:00:00Z',
    dollars: 2,
  });
  await seedHour(knex, {
    containerId: web,
    at: '2026-06-01T04:00:00Z',
    dollars: 3,
  });
  const scope = { type: 'service', entityRef: WEB } as const;
  await add(store, 'berlin', {
    scope,
    period: { type: 'month', zone: 'Europe/Berlin' },
  });
  await add(store, 'york', {
    scope: SHOP,
    period: { type: 'month', zone: 'America/New_York' },
  });
  await job.run();
  expect(await spent(store)).toEqual({ berlin: 150.75, york: 148 });
});

it('counts in the currency of the budget', async () => {
  const { job, store } = await setUp({
    exchangeRates: [
      { currency: 'EUR', rate: '0.5', validFrom: '2026-01-01' },
      { currency: 'EUR', rate: '0.9', validFrom: '2026-06-11' },
    ],
  });
  await add(store, 'shop', { currency: 'EUR' });
  await job.run();
  expect(await spent(store)).toEqual({ shop: 10 * (10 * 0.5 + 5 * 0.9) });
});

it('takes budgets of the configuration first, then of the page, and believes trusted annotations only', async () => {
  const { job, knex, logger, store } = await setUp({
    cost: {
      budgets: {
        defined: [
          {
            id: 'shop',
            scope: { type: 'group', entityRef: 'group:default/shop' },
            amount: 1000,
          },
        ],
        annotations: {
          trustedLocations: ['url:https://git.example.com/acme/*'],
        },
      },
    },
  });
  const declare = (entityRef: string, text: string, location: string) =>
    storedEntity({
      entityRef,
      name: entityRef.split('/')[1],
      annotations: { 'headroom.io/budget': text },
      location,
    });
  await storeEntities(
    knex,
    [
      declare(
        WEB,
        '50 USD a month',
        'url:https://git.example.com/acme/web.yaml',
      ),
      declare(API, '50 USD a month', 'url:https://evil.example.com/api.yaml'),
      declare(
        'component:default/odd',
        'a lot',
        'url:https://git.example.com/acme/odd.yaml',
      ),
      ...['shop', 'platform', 'company'].map(groupOf),
    ],
    EDGES,
  );
  await add(store, 'mine', {});
  await job.run();
  const statuses = await store.statuses();
  expect([...statuses.keys()].sort()).toEqual([
    'annotation:component:default/web',
    'config:shop',
    'mine',
  ]);
  expect(statuses.get('mine')?.status).toBeUndefined();
  expect(statuses.get('config:shop')?.status?.amount).toBe('1000000000');
  expect(statuses.get('config:shop')?.children).toEqual({
    ids: ['annotation:component:default/web'],
    total: '50000000',
    exceeds: false,
  });
  const said = (logger.warn as jest.Mock).mock.calls.map(
    ([sentence]) => sentence,
  );
  expect(said).toEqual([
    'The budget of component:default/api: headroom.io/budget does not count: headroom.cost.budgets.annotations.trustedLocations does not name where the entity is registered',
    "The budget of component:default/odd: headroom.io/budget is 'a lot'; it must be an amount, a currency and a period, such as 2500 USD a month",
  ]);
  await job.run();
  expect(logger.warn).toHaveBeenCalledTimes(2);
});

it('writes nothing of a budget that somebody changes meanwhile, nor when another turn has begun', async () => {
  const { fence, job, knex, store } = await setUp();
  const budget = await add(store, 'shop', { amount: '1' });
  const keep = BudgetStore.prototype.keep;
  const spy = jest
    .spyOn(BudgetStore.prototype, 'keep')
    .mockImplementationOnce(async function change(this: BudgetStore, ...args) {
      await store.update(
        { id: 'shop', version: 1, budget: { ...budget, amount: '1000' } },
        { by: 'user:default/u', at: new Date() },
      );
      return keep.apply(this, args);
    });
  await job.run();
  spy.mockRestore();
  expect(await store.statuses()).toEqual(new Map());
  expect(await take(knex, store)).toEqual([]);
  await job.run();
  expect((await store.statuses()).get('shop')?.status?.amount).toBe(
    '1000000000',
  );

  await fence.raise(knex);
  await Fence.create({ prefix: 'cost', task: 'cost-budgets' }).raise(knex);
  await expect(job.run()).rejects.toThrow('another has begun');
});
