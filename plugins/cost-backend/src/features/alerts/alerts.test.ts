import { AddressInfo, createServer, Server } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { JsonObject } from '@backstage/types';
import { Fence, StoredEntity } from '@headroom/node';
import {
  BudgetDefinitionInput,
  budgetDefinitionSchema,
  BudgetEvent,
  DEFAULT_RULES,
  RuleOccurrence,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { TestPostgres } from '../../__testUtils__/database';
import { headroom, storedEntity } from '../../__testUtils__/ingest';
import { readCostConfig } from '../../core/config/readCostConfig';
import { AnomalyStore, FoundAnomaly } from '../../database/AnomalyStore';
import { createEntityMirror } from '../../database/entityMirror';
import { RuleStore } from '../../database/rules/RuleStore';
import { BudgetCostStore } from '../../database/budgets/BudgetCostStore';
import { BudgetStore } from '../../database/budgets/BudgetStore';
import { AlertJob } from './AlertJob';
import { Channels } from './Channels';
import { NoticeSender } from './NoticeSender';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const WEB = 'component:default/web';
const SHOP = 'group:default/shop';
const NOON = '2026-06-16T12:00:00.000Z';

/** Company above shop above till; platform beside them. */
function entity(
  kind: 'Group' | 'User' | 'System',
  name: string,
  relations: Array<[type: string, ...targets: string[]]>,
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', annotations },
    relations: relations.flatMap(([type, ...targets]) =>
      targets.map(targetRef => ({ type, targetRef })),
    ),
  };
}
const PEOPLE = [
  entity('Group', 'company', [['parentOf', SHOP, 'group:default/platform']]),
  entity('Group', 'shop', [
    ['hasMember', 'user:default/ann', 'user:default/bob'],
    ['parentOf', 'group:default/till'],
  ]),
  entity('Group', 'till', [['hasMember', 'user:default/tim']]),
  entity('Group', 'platform', [['hasMember', 'user:default/pia']]),
  entity('Group', 'loud', [['hasMember', 'user:default/lou']], {
    'slack.com/bot-notify': 'C012345',
  }),
  entity('User', 'ann', [['memberOf', SHOP]]),
  entity('User', 'una', [['memberOf', SHOP, 'group:default/till']]),
  entity('User', 'pia', [['memberOf', 'group:default/platform']]),
  entity('System', 's', [['ownedBy', SHOP]]),
];

const SHOPS = storedEntity({
  ownerRefs: [SHOP],
  systemRef: 'system:default/s',
});
const TILLS = storedEntity({
  entityRef: 'component:default/pay',
  name: 'pay',
  ownerRefs: ['group:default/till'],
  systemRef: 'system:default/s',
});

/** Of what the catalog has, with its groups, as it was read at some time. */
async function mirror(
  knex: Knex,
  services: StoredEntity[],
  at = '2026-01-01T00:00:00Z',
) {
  await createEntityMirror({ knex }).replaceAll(
    [
      ...services,
      ...['company', 'shop', 'till', 'platform', 'loud'].map(name =>
        storedEntity({
          entityRef: `group:default/${name}`,
          kind: 'group',
          name,
          ownerRefs: [`group:default/${name}`],
          annotations: {},
        }),
      ),
    ],
    [
      { group: SHOP, parent: 'group:default/company' },
      { group: 'group:default/till', parent: SHOP },
    ],
    new Date(at),
  );
}

async function setUp(alerts: JsonObject = {}, extra: JsonObject = {}) {
  const knex = await postgres.migrated();
  await mirror(knex, [SHOPS]);
  const sent: NotificationSendOptions[] = [];
  const clock = { now: NOON };
  const state: { refuse?: (options: NotificationSendOptions) => void } = {};
  const logger = mockServices.logger.mock();
  const jobOf = (config: JsonObject) => {
    const now = () => new Date(clock.now);
    const job = AlertJob.create({
      knex,
      fence: Fence.create({ prefix: 'cost', task: 'cost-alerts' }),
      config: readCostConfig(
        new ConfigReader(headroom({ cost: { alerts: config } })),
      ),
      catalog: catalogServiceMock({ entities: PEOPLE }),
      auth: mockServices.auth(),
      sender: NoticeSender.create({
        notifications: {
          send: async options => {
            state.refuse?.(options);
            sent.push(options);
          },
        },
        now,
      }),
      channels: Channels.fromConfig(new ConfigReader(extra)),
      logger,
      now,
    });
    return () => job.run(new AbortController().signal);
  };
  return {
    knex,
    sent,
    clock,
    state,
    logger,
    jobOf,
    run: jobOf(alerts),
    breach: (
      definition: Partial<BudgetDefinitionInput> = {},
      event: Partial<BudgetEvent> = {},
      id = 'shop',
    ) => breach(knex, definition, event, id),
  };
}

async function breach(
  knex: Knex,
  definition: Partial<BudgetDefinitionInput>,
  event: Partial<BudgetEvent>,
  id: string,
) {
  const budget = budgetDefinitionSchema.parse({
    title: 'Shop',
    scope: { type: 'group', entityRef: SHOP },
    period: { type: 'month' },
    amount: '2500',
    currency: 'USD',
    ...definition,
  });
  await BudgetStore.create({ knex }).keep(
    [
      {
        budgetId: id,
        fingerprint: '',
        budget,
        fired: [],
        events: [
          {
            kind: 'fired',
            on: 'spent',
            percent: 100,
            at: NOON,
            periodStart: '2026-06-01',
            periodEnd: '2026-07-01',
            limit: 2_500_000_000n,
            reached: 2_600_000_000n,
            reason: {
              message: '2600.00 USD of 2500.00 USD are spent.',
              wording: { key: 'budget.spent' },
            },
            ...event,
          },
        ],
      },
    ],
    Fence.create({ prefix: 'cost', task: 'cost-budgets' }),
  );
}

const usersOf = ({ recipients }: NotificationSendOptions) =>
  recipients.type === 'entity' ? [recipients.entityRef].flat().sort() : [];
const later = (knex: Knex) =>
  knex('cost_notices').update({ next_at: new Date(Date.now() - 1000) });

describe('a budget that is breached', () => {
  it('is told to members of the group that owns it, once, and to nobody below it', async () => {
    const { sent, breach: happen, run } = await setUp();
    await happen();
    await run();
    await run();
    expect(sent).toEqual([
      {
        recipients: {
          type: 'entity',
          entityRef: ['user:default/ann', 'user:default/bob'],
        },
        payload: {
          title: 'Shop: 100 % is spent',
          description: '2600.00 USD of 2500.00 USD are spent.',
          severity: 'high',
          topic: 'cost-budget',
          scope: 'cost:budget:shop',
          link: '/cost/budgets?budget=shop',
        },
      },
    ]);
  });

  const SERVICE = { type: 'service', entityRef: WEB } as const;
  const SYSTEM = { type: 'system', entityRef: 'system:default/s' } as const;
  const CLUSTER = { type: 'cluster', cluster: 'c1' } as const;
  const TEAM = { platformTeam: 'group:default/platform' };
  it.each<
    [string, Partial<BudgetDefinitionInput>, JsonObject, string[], boolean]
  >([
    [
      'of a service to its owners',
      { scope: SERVICE },
      {},
      ['ann', 'bob'],
      true,
    ],
    ['of a system to its owner', { scope: SYSTEM }, {}, ['ann', 'bob'], true],
    [
      'to who is named, without amounts',
      { notify: ['group:default/platform'] },
      {},
      ['pia'],
      false,
    ],
    [
      'to a reader with amounts',
      { notify: ['group:default/platform'] },
      { readers: ['group:default/platform'] },
      ['pia'],
      true,
    ],
    [
      'to a user of the owner with amounts',
      { notify: ['user:default/ann'] },
      {},
      ['ann'],
      true,
    ],
    [
      'to another user without',
      { notify: ['user:default/pia'] },
      {},
      ['pia'],
      false,
    ],
    [
      'below the owner without',
      { notify: ['group:default/till'] },
      {},
      ['tim'],
      false,
    ],
    [
      'of a cluster to the platform team without',
      { scope: CLUSTER },
      TEAM,
      ['pia'],
      false,
    ],
    [
      'of nobody in the catalog to the platform team',
      { notify: ['group:default/gone'] },
      TEAM,
      ['pia'],
      false,
    ],
    [
      'of a group without members to the nearest below, without',
      { scope: { type: 'group', entityRef: 'group:default/company' } },
      {},
      ['ann', 'bob', 'pia'],
      false,
    ],
  ])('is told %s', async (_, definition, alerts, users, withAmounts) => {
    const { sent, breach: happen, run } = await setUp(alerts);
    await happen(definition);
    await run();
    expect(sent.map(usersOf)).toEqual([
      users.map(user => `user:default/${user}`),
    ]);
    expect(JSON.stringify(sent).includes('USD')).toBe(withAmounts);
  });

  it.each<
    [string, Partial<BudgetDefinitionInput>, JsonObject, string[], boolean]
  >([
    ['is not said to the group above it', {}, {}, ['ann', 'bob'], false],
    [
      'is not said to an owner of the rest of a system',
      { scope: SYSTEM },
      {},
      ['ann', 'bob'],
      false,
    ],
    [
      'is said to who is in all groups of it',
      { notify: ['user:default/una'] },
      {},
      ['una'],
      true,
    ],
    [
      'is said to its own group',
      { scope: { type: 'service', entityRef: 'component:default/pay' } },
      {},
      ['tim'],
      true,
    ],
    [
      'is said to the group above it where that owns it as well',
      {},
      { membersReadBelow: true },
      ['ann', 'bob'],
      true,
    ],
    [
      'is not said below all the same',
      { notify: ['group:default/till'] },
      { membersReadBelow: true },
      ['tim'],
      false,
    ],
  ])(
    'an amount that another group has part in %s',
    async (_, definition, alerts, users, withAmounts) => {
      const { knex, sent, breach: happen, run } = await setUp(alerts);
      await mirror(knex, [SHOPS, TILLS]);
      await happen(definition);
      await run();
      expect(sent.map(usersOf)).toEqual([
        users.map(user => `user:default/${user}`),
      ]);
      expect(JSON.stringify(sent).includes('USD')).toBe(withAmounts);
    },
  );

  it('is told without amounts while a service is in it that has moved', async () => {
    const { knex, sent, breach: happen, run } = await setUp();
    const noted = BudgetCostStore.create({ knex, timezone: 'UTC' });
    await noted.noteOwners();
    const moved = { ...SHOPS, ownerRefs: ['group:default/platform'] };
    await mirror(knex, [moved], '2026-06-10T00:00:00Z');
    await noted.noteOwners();
    await happen({}, {}, 'june');
    await happen({}, { periodStart: '2026-06-11' }, 'since');
    await run();
    expect(
      sent.map(({ payload }) => [
        payload.scope,
        payload.description?.includes('USD'),
      ]),
    ).toEqual([
      ['cost:budget:june', false],
      ['cost:budget:since', true],
    ]);
  });

  it('takes as many statements to tell however many there are', async () => {
    const asked = async (groups: number) => {
      const { knex, breach: happen, run } = await setUp();
      for (let i = 0; i < groups; i += 1) {
        const entityRef = i % 2 ? SHOP : `group:default/none-${i}`;
        await happen({ scope: { type: 'group', entityRef } }, {}, `b${i}`);
      }
      let count = 0;
      knex.on('query', ({ sql }: { sql: string }) => {
        count += Number(/cost_(groups|entities|owner_history)/.test(sql));
      });
      await run();
      return count;
    };
    const few = await asked(2);
    expect(few).toBeGreaterThan(0);
    expect(await asked(20)).toBe(few);
  });

  it('is told with amounts to who owns it and without to others, each once', async () => {
    const { sent, breach: happen, run } = await setUp();
    await happen({
      notify: ['group:default/platform', SHOP, 'user:default/bob'],
    });
    await run();
    expect(
      sent.map(each => [
        usersOf(each),
        each.payload.description?.includes('USD'),
      ]),
    ).toEqual(
      expect.arrayContaining([
        [['user:default/pia'], false],
        [['user:default/ann', 'user:default/bob'], true],
      ]),
    );
    expect(sent).toHaveLength(2);
  });

  it('is told in the channel of a group without amounts, and to its members by name', async () => {
    const { sent, breach: happen, run } = await setUp();
    await happen({ scope: { type: 'group', entityRef: 'group:default/loud' } });
    await run();
    expect(
      sent.map(({ recipients, payload }) => [recipients, payload.description]),
    ).toEqual([
      [
        { type: 'entity', entityRef: ['user:default/lou'] },
        '2600.00 USD of 2500.00 USD are spent.',
      ],
      [
        {
          type: 'entity',
          entityRef: 'group:default/loud',
          excludeEntityRef: 'group:default/loud',
        },
        '100 % of the budget or more is spent in the period from 2026-06-01 to 2026-06-30.',
      ],
    ]);
  });

  it('that nobody is to be told of waits until somebody is, and that is said', async () => {
    const { sent, breach: happen, run, jobOf, logger } = await setUp();
    await happen({ scope: { type: 'cluster', cluster: 'c1' } });
    await run();
    await run();
    expect(sent).toEqual([]);
    expect(logger.warn.mock.calls).toEqual([
      [expect.stringContaining('headroom.cost.alerts.platformTeam names')],
    ]);
    await jobOf({ platformTeam: 'group:default/platform' })();
    expect(sent.map(usersOf)).toEqual([['user:default/pia']]);
  });

  it('that nobody is to be told of keeps no other waiting', async () => {
    const { knex, sent, breach: happen, run } = await setUp();
    await happen({ scope: { type: 'cluster', cluster: 'c1' } });
    await run();
    const { rows } = await knex.raw(
      'SELECT look_again_at IS NOT NULL AS aside FROM cost_alerts',
    );
    expect(rows.map(({ aside }: { aside: boolean }) => aside)).toContain(true);
    await happen({});
    await run();
    expect(sent).toHaveLength(1);
  });

  it('is told as text that is no markup', async () => {
    const { sent, breach: happen, run } = await setUp();
    await happen({ title: '<script>x</script> *x*<!channel>' });
    await run();
    expect(sent[0].payload.title).toBe(
      '‹script›x‹/script› ∗x∗‹!channel›: 100 % is spent',
    );
  });

  it('twice in a turn is told as one, and taken back in the same place', async () => {
    const { sent, breach: happen, run } = await setUp();
    await happen(
      {},
      { percent: 80, reason: { message: 'A.', wording: { key: 'a' } } },
    );
    await happen();
    await run();
    await happen(
      {},
      { kind: 'cleared', reason: { message: 'B.', wording: { key: 'b' } } },
    );
    await run();
    expect(sent.map(({ payload }) => payload)).toMatchObject([
      {
        description: '2600.00 USD of 2500.00 USD are spent. A.',
        scope: 'cost:budget:shop',
      },
      { description: 'B.', severity: 'low', scope: 'cost:budget:shop' },
    ]);
  });
});

describe('quiet hours and the digest', () => {
  const NIGHT = {
    zone: 'Europe/Berlin',
    quietHours: { from: '20:00', to: '07:00', letThrough: 'high' },
  };
  it('let through what they let through, whatever else there is to hold', async () => {
    const { knex, sent, clock, breach: happen, run } = await setUp(NIGHT);
    const at = '2026-06-16T20:00:00.000Z';
    clock.now = at;
    await happen({}, { at, percent: 80 }, 'a');
    await run();
    // As many as one turn looks at, all of them for the morning.
    await knex.raw(
      `INSERT INTO cost_alerts (alert, at)
       SELECT alert || jsonb_build_object('scope', n::text), at FROM cost_alerts, generate_series(1, 5000) n`,
    );
    expect(sent).toHaveLength(0);
    await happen({ title: 'Loud' }, { at }, 'c');
    await run();
    expect(sent.map(({ payload }) => payload.title)).toEqual([
      'Loud: 100 % is spent',
    ]);
  });

  it('hold what happens at night but what they let through, and tell it as one', async () => {
    const { sent, clock, breach: happen, run } = await setUp(NIGHT);
    const at = '2026-06-16T20:00:00.000Z';
    await happen({}, { at, percent: 80 }, 'a');
    await happen({ title: 'Other' }, { at, percent: 80 }, 'b');
    await happen({ title: 'Loud' }, { at }, 'c');
    clock.now = at;
    await run();
    expect(sent.map(({ payload }) => payload.title)).toEqual([
      'Loud: 100 % is spent',
    ]);
    clock.now = '2026-06-17T04:59:59.000Z';
    await run();
    expect(sent).toHaveLength(1);
    clock.now = '2026-06-17T05:00:00.000Z';
    await run();
    await run();
    expect(sent).toHaveLength(2);
    expect(sent[1].payload).toMatchObject({
      title: 'What happened to cost: 2 alerts',
      topic: 'cost-budget',
      link: '/cost/budgets',
    });
    expect(sent[1].payload.description).toMatch(/^Shop: 80 %.*\n\nOther: 80 %/);
  });

  it('tells readers of different things different digests', async () => {
    const {
      sent,
      clock,
      breach: happen,
      run,
    } = await setUp({
      digest: { at: '13:00' },
    });
    await happen({}, {}, 'a');
    await happen(
      { notify: ['group:default/platform', SHOP], title: 'Both' },
      {},
      'b',
    );
    await run();
    expect(sent).toEqual([]);
    clock.now = '2026-06-16T13:00:00.000Z';
    await run();
    expect(
      sent.map(each => [usersOf(each), each.payload.title, each.payload.topic]),
    ).toEqual([
      [
        ['user:default/ann', 'user:default/bob'],
        'What happened to cost: 2 alerts',
        'cost-budget',
      ],
      [['user:default/pia'], 'Both: 100 % is spent', 'cost-budget'],
    ]);
    expect(sent[1].payload.description).not.toContain('USD');
  });
});

describe('a notifications back end that is down', () => {
  it('loses nothing and is told nothing twice', async () => {
    const { knex, sent, state, breach: happen, run } = await setUp();
    state.refuse = () => {
      throw new Error('fetch failed');
    };
    await happen({}, {}, 'a');
    await run();
    await happen({}, {}, 'b');
    await run();
    expect(sent).toEqual([]);
    state.refuse = undefined;
    await later(knex);
    await run();
    await later(knex);
    await run();
    expect(sent.map(({ payload }) => payload.scope)).toEqual([
      'cost:budget:a',
      'cost:budget:b',
    ]);
  });

  it('that holds a request for minutes has taken it', async () => {
    const { knex, sent, state, clock, breach: happen, run } = await setUp();
    state.refuse = () => {
      clock.now = new Date(Date.parse(clock.now) + 300_000).toISOString();
      throw new Error('fetch failed');
    };
    await happen();
    await run();
    state.refuse = undefined;
    await later(knex);
    await run();
    expect(sent).toEqual([]);
    expect(await knex('cost_notices')).toEqual([]);
  });

  it('is told once by two processes', async () => {
    const { sent, breach: happen, jobOf } = await setUp();
    for (const id of ['a', 'b', 'c', 'd']) {
      await happen({}, {}, id);
    }
    const [first, second] = [jobOf({}), jobOf({})];
    await Promise.all([first(), second()]);
    await first();
    expect(sent.map(({ payload }) => payload.scope).sort()).toEqual(
      ['a', 'b', 'c', 'd'].map(id => `cost:budget:${id}`),
    );
  });
});

describe('a mail server', () => {
  let server: Server | undefined;
  afterEach(async () => {
    await new Promise(resolve => {
      if (server) {
        server.close(resolve);
      } else {
        resolve(undefined);
      }
    });
    server = undefined;
  });
  const listen = (greeting: string, port = 0) =>
    new Promise<number>(resolve => {
      server = createServer(socket => socket.resume().end(greeting)).listen(
        port,
        '127.0.0.1',
        () => resolve((server?.address() as AddressInfo).port),
      );
    });
  const mail = (port: number) => ({
    notifications: {
      processors: {
        email: {
          transportConfig: { transport: 'smtp', hostname: '127.0.0.1', port },
        },
      },
    },
  });

  it('that does not answer holds notifications until it does, at most for a day', async () => {
    const port = await listen('554 not now\r\n');
    const {
      knex,
      sent,
      clock,
      logger,
      breach: happen,
      run,
    } = await setUp({}, mail(port));
    await happen({}, {}, 'a');
    await run();
    expect(sent).toEqual([]);
    expect(logger.warn.mock.calls).toEqual([
      [
        expect.stringContaining(
          `The mail server 127.0.0.1:${port} does not answer (it said 554)`,
        ),
      ],
    ]);
    await new Promise(resolve => server?.close(resolve));
    await run();
    expect(sent).toEqual([]);
    await listen('220 ready\r\n', port);
    await run();
    await run();
    expect(sent.map(({ payload }) => payload.scope)).toEqual(['cost:budget:a']);

    await new Promise(resolve => server?.close(resolve));
    server = undefined;
    await happen({}, {}, 'b');
    await run();
    expect(sent).toHaveLength(1);
    clock.now = '2026-06-17T12:00:00.000Z';
    await later(knex);
    await run();
    expect(sent).toHaveLength(2);
  });
});

describe('an incident', () => {
  const found = (over: Partial<FoundAnomaly> = {}): FoundAnomaly => ({
    shape: 'jump',
    kind: 'service',
    entityRef: WEB,
    firstDay: '2026-06-14',
    lastDay: '2026-06-15',
    days: 2,
    actual: 600_000_000n,
    expected: 200_000_000n,
    score: 3,
    causes: [],
    ...over,
  });

  it('is told when it begins and when it is over, and not between', async () => {
    const { knex, sent, run } = await setUp();
    const store = AnomalyStore.create({
      knex,
      fence: Fence.create({ prefix: 'cost', task: 'cost-anomalies' }),
    });
    const write = async (...all: FoundAnomaly[]) => {
      await store.write(all, [], new Date(NOON));
      await run();
    };
    await write(found());
    await write(found());
    await write(found({ lastDay: '2026-06-16', days: 3 }));
    await write(found({ end: 'over' }));
    await write(found({ end: 'over' }));
    // Over when it was found
    await write(
      found({ firstDay: '2026-05-01', lastDay: '2026-05-02', end: 'over' }),
    );
    expect(sent.map(each => [usersOf(each), each.payload])).toMatchObject([
      [
        ['user:default/ann', 'user:default/bob'],
        {
          title: 'web costs more than usual',
          description:
            'From 2026-06-14 to 2026-06-15 it cost 400.00 USD (200 %) more than the 200.00 USD that the same weekdays cost before.',
          severity: 'high',
          topic: 'cost-anomaly',
          scope: expect.stringMatching(/^cost:anomaly:\d+$/),
          link: '/catalog/default/component/web/cost',
        },
      ],
      [
        ['user:default/ann', 'user:default/bob'],
        { title: 'web costs what is usual again', severity: 'low' },
      ],
    ]);
    expect(sent[0].payload.scope).toBe(sent[1].payload.scope);
  });

  it('of a team is told without amounts to who does not own all of its services', async () => {
    const { knex, sent, run } = await setUp();
    await mirror(knex, [SHOPS, TILLS]);
    await AnomalyStore.create({
      knex,
      fence: Fence.create({ prefix: 'cost', task: 'cost-anomalies' }),
    }).write([found({ kind: 'team', entityRef: SHOP })], [], new Date(NOON));
    await run();
    expect(sent.map(usersOf)).toEqual([
      ['user:default/ann', 'user:default/bob'],
    ]);
    expect(JSON.stringify(sent)).not.toContain('USD');
  });

  it('of several services of a team leads to the page of the team', async () => {
    const { knex, sent, clock, run } = await setUp({ digest: { at: '13:00' } });
    const other = storedEntity({
      entityRef: 'component:default/db',
      name: 'db',
    });
    await mirror(knex, [SHOPS, other]);
    await AnomalyStore.create({
      knex,
      fence: Fence.create({ prefix: 'cost', task: 'cost-anomalies' }),
    }).write(
      [found(), found({ entityRef: other.entityRef })],
      [],
      new Date(NOON),
    );
    await run();
    clock.now = '2026-06-16T13:00:00.000Z';
    await run();
    expect(sent.map(({ payload }) => payload)).toMatchObject([
      {
        title: 'What happened to cost: 2 alerts',
        topic: 'cost-anomaly',
        link: '/catalog/default/group/shop/cost',
      },
    ]);
  });

  it('that the days no longer tell of is taken back', async () => {
    const { knex, sent, run } = await setUp();
    const store = AnomalyStore.create({
      knex,
      fence: Fence.create({ prefix: 'cost', task: 'cost-anomalies' }),
    });
    await store.write([found()], [], new Date(NOON));
    await run();
    await store.write(
      [],
      [{ entityRef: WEB, firstDay: '2026-06-14' }],
      new Date(NOON),
    );
    await run();
    expect(sent.map(({ payload }) => payload.title)).toEqual([
      'web costs more than usual',
      'web does not cost more than usual after all',
    ]);
  });
});

describe('rules', () => {
  const over = (
    measure: string,
    subject: RuleOccurrence['subject'],
    title: string,
  ): RuleOccurrence => ({
    kind: 'began',
    at: NOON,
    since: '2026-06-16T10:00:00.000Z',
    rule: DEFAULT_RULES.find(rule => rule.measure === measure)!,
    subject,
    title,
    value: 21,
    perDay: 812_000_000,
  });
  const keep = (knex: Knex, events: RuleOccurrence[]) =>
    RuleStore.create({ knex }).keep(
      {
        changed: [],
        dropped: [],
        // As they are read back: an amount has no place in what is told later.
        events: events.map(({ rule, ...event }) => ({
          ...event,
          rule: {
            id: rule.id,
            measure: rule.measure,
            side: rule.side,
            threshold: rule.threshold,
            severity: rule.severity,
            notify: rule.notify,
          },
        })),
        turns: [],
      },
      Fence.create({ prefix: 'cost', task: 'cost-rules' }),
      new Date(NOON),
    );
  const WEB_SCOPE = { type: 'service', entityRef: WEB } as const;

  it('are told to the owner, under a topic that can be muted', async () => {
    const { knex, sent, run } = await setUp();
    await keep(knex, [over('utilisation', WEB_SCOPE, 'Web')]);
    await run();
    await run();
    expect(sent).toEqual([
      {
        recipients: {
          type: 'entity',
          entityRef: ['user:default/ann', 'user:default/bob'],
        },
        payload: {
          title:
            'Web uses less than 30 % of the CPU and memory that is paid for',
          description:
            'In the last hour 21 % was used of CPU and memory that cost 812.00 USD a day. It has been so in every hour since 2026-06-16 10:00 UTC.',
          severity: 'normal',
          topic: 'cost-rule',
          scope: 'cost:rule:utilisation:component:default/web',
          link: '/catalog/default/component/web/cost',
        },
      },
    ]);
  });

  it('of a fleet are told once to each reader, however many there are', async () => {
    const { knex, sent, run } = await setUp({
      platformTeam: 'group:default/platform',
    });
    await keep(knex, [
      ...Array.from({ length: 300 }, (_, i) =>
        over(
          'utilisation',
          { type: 'service', entityRef: `component:default/unowned-${i}` },
          `S${i}`,
        ),
      ),
      over('utilisation', WEB_SCOPE, 'Web'),
      over('gpu-efficiency', WEB_SCOPE, 'Web'),
    ]);
    await run();
    expect(sent.map(usersOf)).toEqual(
      expect.arrayContaining([
        ['user:default/ann', 'user:default/bob'],
        ['user:default/pia'],
      ]),
    );
    expect(sent).toHaveLength(2);
    const pia = sent.find(each => usersOf(each).includes('user:default/pia'))!;
    expect(pia.payload).toMatchObject({
      title: 'What happened to cost: 300 alerts',
      topic: 'cost-rule',
    });
    // The platform team may not read it.
    expect(pia.payload.description).not.toContain('USD');
  });
});
