import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  costAdviceDecidePermission,
  costReadPermission,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { DAY_MS } from '@headroom/common';
import {
  createAdviceJob,
  OVERSIZED,
  seedContainer,
} from '../__testUtils__/advice';
import { startCostBackend } from '../__testUtils__/backend';
import { TestPostgres } from '../__testUtils__/database';
import { storedEntity, storeEntities } from '../__testUtils__/ingest';
import {
  costConditions,
  createCostConditionalDecision,
} from './permissions/conditions';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const NOW = new Date();

const group = (name: string) =>
  storedEntity({
    entityRef: `group:default/${name}`,
    kind: 'group',
    name,
    ownerRefs: [],
    annotations: {},
  });

let knex: Knex;
const advice: Record<string, number> = {};

/** web is of shop, api of platform, which has a group below it; novices own nothing. */
beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(
    knex,
    [
      storedEntity(),
      storedEntity({
        entityRef: 'component:default/api',
        name: 'api',
        ownerRefs: ['group:default/secret'],
      }),
      ...['all', 'shop', 'platform', 'secret', 'novices'].map(group),
    ],
    [
      { group: 'group:default/shop', parent: 'group:default/all' },
      { group: 'group:default/platform', parent: 'group:default/all' },
      { group: 'group:default/secret', parent: 'group:default/platform' },
    ],
  );
  for (const name of ['web', 'api']) {
    advice[name] = await seedContainer(knex, {
      namespace: name,
      kind: 'Deployment',
      name,
      days: 21,
      lastDay: new Date(NOW.getTime() - DAY_MS).toISOString().slice(0, 10),
      usage: OVERSIZED,
      entityRef: `component:default/${name}`,
    });
  }
  await createAdviceJob({ knex, now: NOW.toISOString() }).runIfDue(
    new AbortController().signal,
  );
});

const ownedBy = (owner: string): PolicyDecision =>
  createCostConditionalDecision(
    costReadPermission,
    costConditions.isOwner({ claims: [owner] }),
  );

const CALLERS: Record<string, PolicyDecision> = {
  denied: { result: AuthorizeResult.DENY },
  'conditional, none match': ownedBy('group:default/novices'),
  'conditional, some match': ownedBy('group:default/shop'),
  all: { result: AuthorizeResult.ALLOW },
};

/** Who may always decide: what is refused is refused for what they may not read. */
const start = (caller: string) =>
  startCostBackend({
    knex,
    decision: CALLERS[caller],
    decisions: {
      [costAdviceDecidePermission.name]: { result: AuthorizeResult.ALLOW },
    },
  });

type Method = 'get' | 'put' | 'delete';

/** Every route behind `cost.read`, by what it is about: mine is of shop. */
const MINE: Array<[Method, string]> = [
  ['get', '/services/component/default/web'],
  ['get', '/services/component/default/web/charges.csv'],
  ['get', '/services/component/default/web/gpu'],
  ['get', '/services/component/default/web/running'],
  ['get', '/services/component/default/web/advice'],
  ['get', '/services/component/default/web/advice.csv'],
  ['get', '/teams/group/default/shop'],
  ['get', '/teams/group/default/shop/charges.csv'],
  ['get', '/advice/WEB'],
  ['put', '/advice/WEB/decision'],
  ['delete', '/advice/WEB/decision'],
];
const SHARED: Array<[Method, string]> = [
  ['get', '/teams/group/default/all'],
  ['get', '/teams/group/default/all/charges.csv'],
  ['get', '/fleet'],
  ['get', '/fleet/charges.csv'],
  ['get', '/fleet/gpu'],
  ['get', '/fleet/advice'],
  ['get', '/fleet/advice.csv'],
];
/** Of others, and whether there is any must not be told to who may see nothing. */
const OTHERS: Array<[Method, string, number]> = [
  ['get', '/services/component/default/api', 403],
  ['get', '/services/component/default/api/charges.csv', 403],
  ['get', '/services/component/default/api/gpu', 403],
  ['get', '/services/component/default/api/running', 403],
  ['get', '/services/component/default/api/advice', 403],
  ['get', '/services/component/default/api/advice.csv', 403],
  ['get', '/teams/group/default/platform', 403],
  ['get', '/teams/group/default/platform/charges.csv', 403],
  ['get', '/advice/API', 404],
  ['put', '/advice/API/decision', 404],
  ['delete', '/advice/API/decision', 404],
  ['get', '/services/component/default/ghost', 404],
  ['get', '/teams/group/default/ghosts', 404],
  ['get', '/teams/group/default/ghosts/charges.csv', 404],
  ['get', '/advice/999999', 404],
];
const EVERY = [...MINE, ...SHARED, ...OTHERS];

const DECISION = { state: 'dismissed', reason: 'we know' };

async function ask(
  api: Awaited<ReturnType<typeof start>>,
  [method, path]: readonly [Method, string, ...unknown[]],
  headers: Record<string, string> = {},
) {
  const url = `/api/cost/v1${path}`
    .replace('WEB', String(advice.web))
    .replace('API', String(advice.api));
  const asked = api[method](url).set(headers);
  const { status, body, text } = await (method === 'put'
    ? asked.send(DECISION)
    : asked);
  return { route: `${method} ${path}`, status, body, text };
}

it('is closed to who is not signed in, on every route', async () => {
  const api = await start('all');
  const headers = { Authorization: mockCredentials.none.header() };
  for (const route of EVERY) {
    const { status, ...answer } = await ask(api, route, headers);
    expect([answer.route, status]).toEqual([answer.route, 401]);
  }
});

it.each(['denied', 'conditional, none match'])(
  'tells who may see nothing the same on every route, whatever there is: %s',
  async caller => {
    const api = await start(caller);
    for (const route of EVERY) {
      const { status, body, ...answer } = await ask(api, route);
      expect([answer.route, status, body.error.name]).toEqual([
        answer.route,
        403,
        'NotAllowedError',
      ]);
      expect(body.error.message).toBe(
        'You need the permission cost.read for at least one service to see what services cost',
      );
    }
  },
);

it('shows who may see some what is theirs, a part of what is shared and nothing of others', async () => {
  const api = await start('conditional, some match');
  for (const route of MINE) {
    const { status, body, ...answer } = await ask(api, route);
    const expected = route[0] === 'delete' ? 204 : 200;
    expect([answer.route, status]).toEqual([answer.route, expected]);
    // Of what is theirs they see all; of GPUs it is said that idle capacity is left out.
    expect([answer.route, body.restricted ?? false]).toEqual([
      answer.route,
      answer.route.endsWith('/gpu'),
    ]);
  }
  for (const route of SHARED) {
    const { status, body, text, ...answer } = await ask(api, route);
    expect([answer.route, status]).toEqual([answer.route, 200]);
    const isReport = !answer.route.endsWith('.csv');
    expect([answer.route, body.restricted ?? false]).toEqual([
      answer.route,
      isReport,
    ]);
    // Neither services, nor groups of whose services they see none.
    expect(text).not.toMatch(/default\/(api|platform|secret)/);
  }
  for (const [method, path, expected] of OTHERS) {
    const { status, ...answer } = await ask(api, [method, path]);
    expect([answer.route, status]).toEqual([answer.route, expected]);
  }
});

it('shows who may see everything all of it', async () => {
  const api = await start('all');
  for (const route of [...MINE, ...SHARED]) {
    const { status, body, ...answer } = await ask(api, route);
    const expected = route[0] === 'delete' ? 204 : 200;
    expect([answer.route, status]).toEqual([answer.route, expected]);
    expect([answer.route, body.restricted ?? false]).toEqual([
      answer.route,
      false,
    ]);
  }
  const { body } = await ask(api, ['get', '/teams/group/default/all']);
  expect(body.groups).toEqual(
    ['all', 'platform', 'secret', 'shop'].map(name => `group:default/${name}`),
  );
});

it('is open to who may see some while nothing was read from the catalog', async () => {
  const api = await startCostBackend({
    knex: await postgres.migrated(),
    decision: CALLERS['conditional, some match'],
  });
  expect((await ask(api, ['get', '/fleet'])).status).toBe(200);
});
