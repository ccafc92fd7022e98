import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { addDays, monthStart } from '@headroom/common';
import {
  budgetFingerprint,
  costBudgetWritePermission,
  costReadPermission,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import {
  CostBackendOptions,
  startCostBackend,
} from '../../__testUtils__/backend';
import { seedCosts } from '../../__testUtils__/budgetCosts';
import { TestPostgres } from '../../__testUtils__/database';
import { storedEntity, storeEntities } from '../../__testUtils__/ingest';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';
import { BudgetCostStore } from '../../database/budgets/BudgetCostStore';

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const TODAY = new Date().toISOString().slice(0, 10);
const ID = '0f9f8d4e-1c39-4b5b-9a39-0d1c8cf0a001';
const OTHER = '0f9f8d4e-1c39-4b5b-9a39-0d1c8cf0a002';
const WEB = 'component:default/web';
const SHOP = { type: 'group', entityRef: 'group:default/shop' } as const;
const BUDGET = {
  scope: SHOP,
  period: { type: 'year' },
  amount: '1',
  currency: 'USD',
} as const;

const ownedBy = (permission: typeof costReadPermission, ...claims: string[]) =>
  createCostConditionalDecision(permission, costConditions.isOwner({ claims }));

let knex: Knex;

beforeEach(async () => {
  knex = await postgres.migrated();
  await storeEntities(
    knex,
    [
      storedEntity(),
      storedEntity({
        entityRef: 'component:default/pay',
        name: 'pay',
        ownerRefs: ['group:default/pay'],
      }),
      ...['shop', 'pay'].map(name =>
        storedEntity({
          entityRef: `group:default/${name}`,
          kind: 'group',
          name,
          ownerRefs: [`group:default/${name}`],
          annotations: {},
        }),
      ),
    ],
    [{ group: 'group:default/pay', parent: 'group:default/shop' }],
  );
  await seedCosts(knex, [
    {
      name: 'web',
      entityRef: WEB,
      from: addDays(TODAY, -60),
      to: TODAY,
      dollars: 10,
    },
    {
      name: 'pay',
      entityRef: 'component:default/pay',
      from: addDays(TODAY, -60),
      to: TODAY,
      dollars: 5,
    },
  ]);
  await BudgetCostStore.create({ knex, timezone: 'UTC' }).noteOwners();
});

const start = (options: Omit<CostBackendOptions, 'knex'> = {}) =>
  startCostBackend({ knex, ...options });
const url = (id = ID) => `/api/cost/v1/budgets/${encodeURIComponent(id)}`;
const put = (
  agent: Awaited<ReturnType<typeof start>>,
  budget: object = BUDGET,
  version?: number,
  id = ID,
) => agent.put(url(id)).send({ budget, ...(version && { version }) });

describe('budgets over HTTP', () => {
  it('are made, shown, changed and removed', async () => {
    const auditor = mockServices.auditor.mock();
    const success = jest.fn();
    const fail = jest.fn();
    auditor.createEvent.mockImplementation(async () => ({ success, fail }));
    const agent = await start({ auditor: auditor.factory });

    const made = await put(agent);
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      id: ID,
      version: 1,
      budget: { carryOver: 'none', thresholds: [{}, {}, {}] },
    });
    expect((await put(agent)).body.error.message).toBe(
      `There is a budget ${ID} already`,
    );

    const { body: report } = await agent.get(url());
    expect(report).toMatchObject({
      id: ID,
      version: 1,
      origin: 'page',
      isEditable: true,
      notified: ['group:default/shop'],
      happenings: [],
      status: { today: TODAY, amount: '1000000', projection: { status: 'ok' } },
    });
    expect(report.burnDown.length).toBeGreaterThan(364);
    const { body: spent } = await agent.get(`${url()}/drivers`);
    expect(
      spent.drivers.map((each: { entityRef: string }) => each.entityRef),
    ).toEqual([WEB, 'component:default/pay']);
    const days = report.burnDown.find(
      ({ day }: { day: string }) => day === TODAY,
    );
    expect(BigInt(days.left)).toBe(
      BigInt(report.status.limit) - BigInt(report.status.spent),
    );

    const { body: list } = await agent
      .get('/api/cost/v1/budgets')
      .query({ entityRef: 'group:default/shop' });
    expect(list).toMatchObject({
      restricted: false,
      mayCreate: true,
      currencies: ['USD'],
      timezone: 'UTC',
    });
    expect(list.budgets).toHaveLength(1);
    expect(
      (await agent.get('/api/cost/v1/budgets').query({ entityRef: WEB })).body
        .budgets,
    ).toEqual([]);

    const stale = await put(agent, { ...BUDGET, amount: '2' }, 7);
    expect(stale.status).toBe(409);
    expect((await put(agent, { ...BUDGET, amount: '2' }, 1)).body.version).toBe(
      2,
    );
    expect((await agent.delete(url()).query({ version: 1 })).status).toBe(409);
    expect((await agent.delete(url()).query({ version: 2 })).status).toBe(204);
    expect((await agent.get(url())).status).toBe(404);
    expect((await agent.get(`${url()}/drivers`)).status).toBe(404);
    expect(
      auditor.createEvent.mock.calls.map(([{ eventId }]) => eventId),
    ).toEqual([
      'budget-write',
      'budget-write',
      'budget-write',
      'budget-write',
      'budget-delete',
      'budget-delete',
    ]);
    expect(success.mock.calls.map(([{ meta }]) => meta)).toEqual([
      { scope: 'group:default/shop', amount: '1 USD', version: 1 },
      {
        scope: 'group:default/shop',
        amount: '2 USD',
        version: 2,
        amountBefore: '1 USD',
      },
      { scope: 'group:default/shop', amountBefore: '2 USD' },
    ]);
    expect(fail).toHaveBeenCalledTimes(3);
  });

  it.each([
    [
      { ...BUDGET, amount: '-1' },
      'budget.amount must be an amount such as 2500 or 99.50, without a sign',
    ],
    [
      { ...BUDGET, currency: 'EUR' },
      'budget.currency is "EUR"; it must be one of USD, the currencies there are rates for',
    ],
    [
      {
        ...BUDGET,
        scope: { type: 'group', entityRef: 'component:default/web' },
      },
      'budget.scope.entityRef must be a reference such as group:default/shop',
    ],
    [
      { ...BUDGET, period: { type: 'month', day: 32 } },
      'budget.period.day must be at most 31',
    ],
    [
      { ...BUDGET, scope: { type: 'tag', tag: 'service', value: 'x' } },
      'budget.cost.basis must be billed or effective, as tags are on charges of a bill',
    ],
    [
      {
        ...BUDGET,
        scope: { type: 'tag', tag: 'costs', value: 'x' },
        cost: { basis: 'billed' },
      },
      'budget.scope.tag is "costs"; it must be one of app, application, component, service, the tags that are kept (headroom.cost.bill)',
    ],
  ])('say what is wrong with %j', async (budget, message) => {
    const answer = await put(await start(), budget);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toBe(message);
  });

  it('are shown to who may see all of their cost, and to nobody else', async () => {
    await put(await start());
    await put(
      await start(),
      { ...BUDGET, scope: { type: 'service', entityRef: WEB } },
      undefined,
      OTHER,
    );
    const seen = async (...claims: string[]) => {
      const agent = await start({
        decisions: {
          [costReadPermission.name]: ownedBy(costReadPermission, ...claims),
        },
      });
      const { body } = await agent.get('/api/cost/v1/budgets');
      const { status } = await agent.get(url());
      expect((await agent.get(`${url()}/drivers`)).status).toBe(status);
      return [
        body.budgets.map(({ id }: { id: string }) => id),
        body.restricted,
        status,
      ];
    };
    // The shop has a group below it, whose service it may not see.
    expect(await seen('group:default/shop')).toEqual([[OTHER], true, 404]);
    expect(await seen('group:default/shop', 'group:default/pay')).toEqual([
      [ID, OTHER],
      false,
      200,
    ]);
    expect(await seen('group:default/pay')).toEqual([[], true, 404]);
    const agent = await start({
      decisions: {
        [costReadPermission.name]: { result: AuthorizeResult.DENY },
      },
    });
    expect((await agent.get(url())).status).toBe(403);
    expect((await agent.get(`${url()}/drivers`)).status).toBe(403);
    expect((await agent.get('/api/cost/v1/budgets')).status).toBe(403);
  });

  it('tell of a period before to who may see all that they were for then', async () => {
    const month = { ...BUDGET, period: { type: 'month' } };
    const everything = await start();
    await put(everything, month);
    // The payments were the shop's until this month, and are somebody else's now.
    await knex('cost_groups').delete();
    await knex('cost_owner_history').delete();
    await knex.raw(
      `INSERT INTO cost_owner_history (entity_id, since, owner_refs)
       SELECT id, ?::date, ARRAY['group:default/shop'] FROM cost_entities WHERE kind = 'component'
       UNION ALL
       SELECT id, ?::date, owner_refs FROM cost_entities WHERE name = 'pay' AND kind = 'component'`,
      [addDays(TODAY, -400), monthStart(TODAY)],
    );
    const before = monthStart(addDays(monthStart(TODAY), -1));
    await knex.raw(
      `INSERT INTO cost_budget_events (budget_id, kind, threshold_on, percent, at, period_start, period_end, limit_micros, reached_micros, reason, definition)
       SELECT id, 'fired', 'spent', 100, now(), p.start, p.stop, 1, 2, '{"message": "Much is spent."}', definition
       FROM cost_budgets, (VALUES (?::date, ?::date), (?::date, ?::date)) AS p (start, stop)`,
      [before, monthStart(TODAY), monthStart(TODAY), addDays(TODAY, 40)],
    );
    const seen = async (agent: Awaited<ReturnType<typeof start>>) => {
      const { body } = await agent.get(url());
      return {
        spent: body.status.spent,
        closed: body.status.closed?.start,
        happenings: body.happenings.map(
          (each: { start: string }) => each.start,
        ),
      };
    };
    const all = await seen(everything);
    expect(all).toMatchObject({
      closed: before,
      happenings: [monthStart(TODAY), before],
    });
    const shop = await start({
      decisions: {
        [costReadPermission.name]: ownedBy(
          costReadPermission,
          'group:default/shop',
        ),
      },
    });
    expect(await seen(shop)).toEqual({
      spent: all.spent,
      closed: undefined,
      happenings: [monthStart(TODAY)],
    });
    // Of lists it is what the last evaluation kept.
    const { body: report } = await everything.get(url());
    const { budget } = report;
    await knex('cost_budget_statuses').insert({
      budget_id: ID,
      fingerprint: JSON.stringify([budgetFingerprint(budget), budget]),
      status: JSON.stringify(report.status),
    });
    const closedOf = async (agent: Awaited<ReturnType<typeof start>>) =>
      (await agent.get('/api/cost/v1/budgets')).body.budgets.map(
        ({ status }: { status?: { closed?: { start: string } } }) =>
          status && (status.closed?.start ?? 'none'),
      );
    expect(await closedOf(await start())).toEqual([before]);
    expect(await closedOf(shop)).toEqual(['none']);
  });

  it('refuse an amount that is none with a sentence', async () => {
    const agent = await start();
    for (const amount of ['abc', '', '1,000', '-5', '1e400', '9'.repeat(40)]) {
      const { status, body } = await put(agent, { ...BUDGET, amount });
      expect([status, body.error.message]).toEqual([
        400,
        expect.stringContaining('must be an amount such as 2500'),
      ]);
    }
    const { body } = await put(agent, { ...BUDGET, amount: '9'.repeat(13) });
    expect(body.error.message).toContain('must be at most 1000000000000');
  });

  it('are listed a page at a time, filtered and sorted, with the one of the entity itself', async () => {
    const agent = await start();
    await put(agent, { ...BUDGET, title: 'The shop' });
    await put(
      agent,
      { ...BUDGET, scope: { type: 'service', entityRef: WEB } },
      undefined,
      OTHER,
    );
    const list = async (query: object) => {
      const { body } = await agent.get('/api/cost/v1/budgets').query(query);
      return [
        body.budgets.map(({ id }: { id: string }) => id),
        body.totalRows,
        body.own?.id,
      ];
    };
    expect(await list({ sort: 'budget' })).toEqual([[ID, OTHER], 2, undefined]);
    expect(await list({ sort: 'budget', offset: '1', limit: '1' })).toEqual([
      [OTHER],
      2,
      undefined,
    ]);
    expect(await list({ q: 'the SHOP' })).toEqual([[ID], 1, undefined]);
    expect(await list({ state: 'over' })).toEqual([[], 0, undefined]);
    expect(await list({ state: 'pending', order: 'desc' })).toEqual([
      [OTHER, ID],
      2,
      undefined,
    ]);
    // Its own is told beside a page that does not have it.
    expect(
      await list({ entityRef: SHOP.entityRef, sort: 'budget', offset: '1' }),
    ).toEqual([[OTHER], 2, ID]);
    const { body } = await agent.get('/api/cost/v1/budgets');
    expect(body.states).toEqual({ pending: 2 });
  });

  it("are listed for a user's own teams: set on them, or told to them", async () => {
    const THIRD = '0f9f8d4e-1c39-4b5b-9a39-0d1c8cf0a003';
    const agent = await start({
      features: [
        mockServices.userInfo.mock({
          getUserInfo: async () => ({
            userEntityRef: 'user:default/ann',
            ownershipEntityRefs: ['user:default/ann', 'group:default/Pay'],
          }),
        }).factory,
      ],
    });
    await put(agent);
    await put(
      agent,
      {
        ...BUDGET,
        scope: { type: 'service', entityRef: 'component:default/pay' },
      },
      undefined,
      OTHER,
    );
    await put(
      agent,
      {
        ...BUDGET,
        scope: { type: 'service', entityRef: WEB },
        notify: ['user:default/ann'],
      },
      undefined,
      THIRD,
    );
    const { body } = await agent.get('/api/cost/v1/budgets?mine=true');
    expect(body.budgets.map(({ id }: { id: string }) => id).sort()).toEqual([
      OTHER,
      THIRD,
    ]);
    expect(body.totalRows).toBe(2);
  });

  it.each([
    [{ limit: '0' }, 'limit is "0"; limit is a whole number from 1 to 1000'],
    [
      { limit: '1001' },
      'limit is "1001"; limit is a whole number from 1 to 1000',
    ],
    [
      { offset: '-1' },
      'offset is "-1"; offset is a whole number from 0 to 1000000',
    ],
    [
      { state: 'bad' },
      'state is "bad"; it must be one of over, forecast, near, unknown, pending, ok, overruled',
    ],
    [
      { sort: 'colour' },
      'sort is "colour"; it must be one of state, budget, limit, spent, forecast, origin',
    ],
    [
      { mine: 'true', entityRef: WEB },
      'mine is true beside an entityRef; only one of them can be asked for',
    ],
  ])('say what is wrong with a list of %j', async (query, message) => {
    const agent = await start();
    const answer = await agent.get('/api/cost/v1/budgets').query(query);
    expect([answer.status, answer.body.error.message]).toEqual([400, message]);
  });

  it('are written by who may budget what they are for', async () => {
    const agent = await start({
      decisions: {
        [costBudgetWritePermission.name]: ownedBy(
          costBudgetWritePermission,
          'group:default/pay',
        ),
      },
    });
    const statusOf = async (scope: object) =>
      (await put(agent, { ...BUDGET, scope }, undefined, OTHER)).status;
    expect(await statusOf(SHOP)).toBe(403);
    expect(await statusOf({ type: 'service', entityRef: WEB })).toBe(403);
    expect(await statusOf({ type: 'cluster', cluster: 'c1' })).toBe(403);
    expect(
      await statusOf({ type: 'system', entityRef: 'system:default/none' }),
    ).toBe(403);
    expect(
      await statusOf({
        type: 'service',
        entityRef: 'component:default/nobody',
      }),
    ).toBe(403);
    expect(
      await statusOf({ type: 'group', entityRef: 'group:default/pay' }),
    ).toBe(200);
    // Nor may it be moved away from, or to, what is somebody else's.
    await put(await start());
    expect(
      (
        await put(
          agent,
          {
            ...BUDGET,
            scope: { type: 'group', entityRef: 'group:default/pay' },
          },
          1,
        )
      ).status,
    ).toBe(403);
    expect((await put(agent, BUDGET, 1, OTHER)).status).toBe(403);
    // Who may not see it either is not told that it is there.
    const stranger = await start({
      decisions: {
        [costReadPermission.name]: ownedBy(
          costReadPermission,
          'group:default/pay',
        ),
        [costBudgetWritePermission.name]: ownedBy(
          costBudgetWritePermission,
          'group:default/pay',
        ),
      },
    });
    const own = { type: 'group', entityRef: 'group:default/pay' };
    expect((await put(stranger, { ...BUDGET, scope: own }, 1)).status).toBe(
      404,
    );
    expect((await stranger.delete(url()).query({ version: 1 })).status).toBe(
      404,
    );
    expect((await agent.delete(url()).query({ version: 1 })).status).toBe(403);
    const { body } = await agent.get('/api/cost/v1/budgets');
    expect(
      Object.fromEntries(
        body.budgets.map((each: { id: string; isEditable: boolean }) => [
          each.id,
          each.isEditable,
        ]),
      ),
    ).toEqual({ [ID]: false, [OTHER]: true });
    const denied = await start({
      decisions: {
        [costBudgetWritePermission.name]: { result: AuthorizeResult.DENY },
      },
    });
    expect((await put(denied)).status).toBe(403);
    expect((await denied.get('/api/cost/v1/budgets')).body).toMatchObject({
      mayCreate: false,
    });
  });

  it('of the configuration are not changed here', async () => {
    const agent = await start({
      config: {
        cost: {
          budgets: {
            defined: [
              {
                id: 'shop',
                scope: SHOP,
                amount: '100.5',
                period: { type: 'month' },
              },
            ],
          },
        },
      },
    });
    const { body } = await agent.get(url('config:shop'));
    expect(body).toMatchObject({
      origin: 'config',
      isEditable: false,
      status: { start: monthStart(TODAY), amount: '100500000' },
    });
    expect(
      (await put(agent, BUDGET, 1, 'config:shop')).body.error.message,
    ).toMatch(/^id must be a UUID/);
  });

  it('say which other counts instead, wherever it is written', async () => {
    const web = { type: 'service', entityRef: WEB };
    const checkout = { type: 'namespace', namespace: 'checkout' };
    await knex('cost_entities')
      .where({ entity_ref: WEB })
      .update({
        location: 'url:https://forge.example.org/acme/web/catalog-info.yaml',
        annotations: { 'headroom.io/budget': '5 USD a year' },
      });
    const agent = await start({
      config: {
        cost: {
          budgets: {
            defined: [
              {
                id: 'checkout',
                scope: checkout,
                amount: '7',
                period: { type: 'year' },
              },
            ],
            annotations: {
              trustedLocations: ['url:https://forge.example.org/acme/*'],
            },
          },
        },
      },
    });
    await put(agent, { ...BUDGET, scope: web });
    await put(agent, { ...BUDGET, scope: checkout }, undefined, OTHER);
    const overruledBy = async (id: string) => {
      const { body } = await agent.get(url(id));
      return [body.origin, body.overruledBy];
    };
    expect(await overruledBy(`annotation:${WEB}`)).toEqual(['annotation', ID]);
    expect(await overruledBy(ID)).toEqual(['page', undefined]);
    expect(await overruledBy(OTHER)).toEqual(['page', 'config:checkout']);
    expect(await overruledBy('config:checkout')).toEqual(['config', undefined]);
    // A list of one service says the same of it.
    const { body } = await agent
      .get('/api/cost/v1/budgets')
      .query({ entityRef: WEB });
    expect(
      body.budgets.map((each: { id: string; overruledBy?: string }) => [
        each.id,
        each.overruledBy,
      ]),
    ).toEqual([
      [ID, undefined],
      [`annotation:${WEB}`, ID],
    ]);
    for (const id of ['annotation:component:default/pay', 'config:none']) {
      expect((await agent.get(url(id))).status).toBe(404);
    }
  });
});
