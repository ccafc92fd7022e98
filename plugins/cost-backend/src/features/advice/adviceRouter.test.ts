import { AddressInfo } from 'node:net';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AdviceDetail,
  AdviceReport,
  costAdviceDecidePermission,
  costReadPermission,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { DAY_MS } from '@headroom/common';
import {
  createAdviceJob,
  OVERSIZED,
  seedContainer,
  storeInventory,
} from '../../__testUtils__/advice';
import { startCostBackend, startCostServer } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import { storedEntity, storeEntities } from '../../__testUtils__/ingest';
import { AdviceReportStore } from '../../database/AdviceReportStore';
import { INTERNAL } from '../../database/scope';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const NOW = new Date().toISOString();
const LAST_DAY = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
const signal = new AbortController().signal;
const SHOP = { claims: ['group:default/shop'] };

const ids: Record<string, number> = {};
let knex: Knex;

async function seed(name: string, more: object = {}) {
  ids[name] = await seedContainer(knex, {
    namespace: 'shop',
    kind: 'Deployment',
    name,
    days: 21,
    lastDay: LAST_DAY,
    usage: OVERSIZED,
    ...more,
  });
}

/** web and api are services of two teams, cron belongs to nobody, idle has too little history. */
beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(
    knex,
    [
      storedEntity({}),
      storedEntity({
        entityRef: 'component:default/api',
        name: 'api',
        ownerRefs: ['group:org/platform'],
        appetite: 'bold',
      }),
      storedEntity({ entityRef: 'component:default/nothing', name: 'nothing' }),
      storedEntity({
        entityRef: 'group:org/platform',
        kind: 'group',
        namespace: 'org',
        name: 'platform',
      }),
      storedEntity({
        entityRef: 'group:org/all',
        kind: 'group',
        namespace: 'org',
        name: 'all',
      }),
    ],
    [{ group: 'group:org/platform', parent: 'group:org/all' }],
  );
  await seed('web', { entityRef: 'component:default/web' });
  await seed('api', {
    namespace: 'platform',
    entityRef: 'component:default/api',
    usage: {
      ...OVERSIZED,
      spec: { cpuRequestCores: 4, memoryRequestBytes: 8 * 2 ** 30 },
    },
  });
  await seed('=cmd|cron', { usage: OVERSIZED });
  await seed('young', { days: 3, entityRef: 'component:default/web' });
  await storeInventory(knex, [], {
    readAt: NOW,
    workloads: ['web', 'api'].map(name => ({
      namespace: name === 'web' ? 'shop' : 'platform',
      kind: 'Deployment',
      name,
      uid: name,
      containers: [{ name: 'app', role: 'main', spec: {} }],
    })),
  });
  await createAdviceJob({ knex, now: NOW }).runIfDue(signal);
});

afterEach(async () => {
  await knex('cost_advice_decisions').delete();
});

const conditional = (
  permission = costReadPermission,
  claims: { claims: string[] } = SHOP,
) => createCostConditionalDecision(permission, costConditions.isOwner(claims));
const ONLY_SHOP = { [costReadPermission.name]: conditional() };
const names = (report: AdviceReport) =>
  report.rows.map(({ workload }) => workload.name);

const FLEET = '/api/cost/v1/fleet/advice';
const SERVICE = '/api/cost/v1/services/component/default/web/advice';
const decisionOf = (name: string) =>
  `/api/cost/v1/advice/${ids[name]}/decision`;

describe('the fleet', () => {
  it('is ranked by money, with what is left on the table', async () => {
    const api = await startCostBackend({ knex });
    const { body, status } = await api.get(FLEET);
    expect(status).toBe(200);
    const report: AdviceReport = body;
    expect(report).toMatchObject({
      status: 'ok',
      currency: 'USD',
      timezone: 'UTC',
      restricted: false,
      simulated: false,
      totalRows: 4,
      window: { days: 28 },
    });
    expect(names(report)).toEqual(['api', 'web', '=cmd|cron', 'young']);
    const savings = report.rows.map(row => BigInt(row.listSaving ?? 0));
    expect(savings[0]).toBeGreaterThan(savings[1]);
    const total = savings.reduce((sum, each) => sum + each, 0n);
    expect(BigInt(report.totals.listSaving)).toBe(total);
    expect(report.totals.containers).toEqual({
      change: 3,
      keep: 0,
      withheld: 1,
    });
    const held = BigInt(report.rows[3].heldSaving ?? 0);
    expect(BigInt(report.totals.includingHeld)).toBe(total + held);
    expect(report.totals.decidedAgainst).toBe('0');
    expect(report.problems).toEqual([
      expect.objectContaining({
        code: 'appetite-unknown',
        message: expect.stringContaining('"bold"'),
        wording: {
          key: 'inventory.appetiteUnknown',
          params: expect.objectContaining({ value: 'bold' }),
        },
      }),
    ]);
  });

  it('pages, sorts and filters; totals are of all that matches', async () => {
    const api = await startCostBackend({ knex });
    const ask = async (query: object): Promise<AdviceReport> =>
      (await api.get(FLEET).query(query)).body;
    const page = await ask({ offset: 1, limit: 1, sort: 'name' });
    expect(names(page)).toEqual(['=cmd|cron']);
    expect(page.totalRows).toBe(4);
    expect(
      names(await ask({ sort: 'saving', order: 'asc', limit: 1 })),
    ).toEqual(['web']);
    expect(names(await ask({ status: 'withheld' }))).toEqual(['young']);
    expect(names(await ask({ namespace: 'platform' }))).toEqual(['api']);
    expect(names(await ask({ q: 'DEFAULT/AP' }))).toEqual(['api']);
    expect(names(await ask({ cluster: 'c2' }))).toEqual([]);
    // Also of the groups below.
    expect(names(await ask({ owner: 'group:org/all' }))).toEqual(['api']);
    const shop = await ask({ owner: 'group:default/shop' });
    expect(names(shop)).toEqual(['web', 'young']);
    expect(shop.totals.listSaving).toBe(shop.rows[0].listSaving);
  });

  it('shows only what the caller may see, in rows and totals', async () => {
    const api = await startCostBackend({ knex, decisions: ONLY_SHOP });
    const report: AdviceReport = (await api.get(FLEET)).body;
    expect(names(report)).toEqual(['web', 'young']);
    expect(report.restricted).toBe(true);
    expect(report.totals.listSaving).toBe(report.rows[0].listSaving);
    expect(report.pools).toEqual([]);
    expect(report.problems).toEqual([]);
  });

  it('is converted at the newest rate', async () => {
    const api = await startCostBackend({
      knex,
      config: {
        exchangeRates: [
          { currency: 'EUR', rate: 3, validFrom: '2020-01-01' },
          { currency: 'EUR', rate: 0.5, validFrom: '2021-01-01' },
          { currency: 'EUR', rate: 9, validFrom: '2121-01-01' },
        ],
      },
    });
    const stored: AdviceReport = (await api.get(FLEET)).body;
    const euros: AdviceReport = (
      await api.get(FLEET).query({ currency: 'EUR' })
    ).body;
    expect(euros.currency).toBe('EUR');
    expect(Number(euros.totals.listSaving)).toBeCloseTo(
      Number(stored.totals.listSaving) / 2,
      -1,
    );
    const detail: AdviceDetail = (
      await api.get(`/api/cost/v1/advice/${ids.web}`).query({ currency: 'EUR' })
    ).body;
    expect(detail.advice.money?.listMicros).toBe(detail.row.listSaving);
    expect(detail.advice.money?.currency).toBe('EUR');
  });

  it('can be downloaded whole, safe to open in a spreadsheet', async () => {
    const api = await startCostBackend({ knex });
    const { text, headers } = await api.get(`${FLEET}.csv`);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^Cluster,Namespace,Kind,Workload,Container/);
    expect(text).toContain(",'=cmd|cron,");
    expect(text).not.toContain(',=cmd');
    const { text: own } = await api.get(`${SERVICE}.csv`);
    expect(own.trimEnd().split('\r\n')).toHaveLength(3);
  });

  it('is downloaded without holding a connection while the client reads', async () => {
    const pages = AdviceReportStore.create({ knex, scope: INTERNAL }).allRows(
      {
        filter: { decided: 'show', sort: 'name', order: 'desc' },
        now: new Date(),
      },
      3,
    );
    const read: string[][] = [];
    for await (const page of pages) {
      expect(knex.client.pool.numUsed()).toBe(0);
      read.push(page.map(({ workload }) => workload.name));
    }
    expect(read.map(({ length }) => length)).toEqual([3, 1]);
    const { body } = await (await startCostBackend({ knex }))
      .get(FLEET)
      .query({ sort: 'name', order: 'desc', decided: 'show' });
    expect(read.flat()).toEqual(
      (body as AdviceReport).rows.map(({ workload }) => workload.name),
    );
  });

  it.each([
    [{ sort: 'money' }, /sort is "money"; it must be one of saving/],
    [{ limit: '1001' }, /limit is "1001"; limit is a whole number from 1/],
    [{ offset: '-1' }, /offset is "-1"/],
    [{ status: 'open' }, /status is "open"; it must be one of change/],
    [{ owner: 'group:' }, /owner is "group:"; it must be a group/],
    [{ currency: 'XXX' }, /currency is "XXX"; it must be one of USD/],
    [{ q: '' }, /^q is empty; it must have 1 to 253 characters$/],
    [
      { window: '30d' },
      /^window is not known here; known are currency, .*, limit$/,
    ],
    [{ q: 'x'.repeat(300) }, /^q has 300 characters; it must have 1 to 253/],
    [{ q: 'a\0b' }, /^q is "a\\u0000b"; it must have no NUL characters$/],
    [{ sort: ['name', 'oom'] }, /^sort is \["name","oom"\]; it must be one/],
  ])('refuses %j', async (query, message) => {
    const api = await startCostBackend({ knex });
    const { status, body } = await api.get(FLEET).query(query);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
  });
});

describe('a service', () => {
  it('sees all of its advice, and what may be said of none', async () => {
    const api = await startCostBackend({ knex, decisions: ONLY_SHOP });
    const report: AdviceReport = (await api.get(SERVICE)).body;
    expect(report).toMatchObject({
      entityRef: 'component:default/web',
      status: 'ok',
      restricted: false,
    });
    expect(names(report)).toEqual(['web', 'young']);
    const of = (name: string) =>
      api.get(`/api/cost/v1/services/component/default/${name}/advice`);
    expect((await of('nothing')).body.status).toBe('no-workloads');
    expect((await of('api')).status).toBe(403);
    expect((await of('unknown')).status).toBe(404);
  });

  it('is told when no advice was computed yet', async () => {
    const empty = await postgres.migrated();
    const api = await startCostBackend({ knex: empty });
    const { body } = await api.get(FLEET);
    expect(body.status).toBe('not-computed');
    expect(body.window).toBeUndefined();
  });
});

describe('one advice', () => {
  it('is explained, drawn and ready to paste, all of one window', async () => {
    const api = await startCostBackend({ knex });
    const { body } = await api.get(`/api/cost/v1/advice/${ids.web}`);
    const detail: AdviceDetail = body;
    expect(detail.row.id).toBe(String(ids.web));
    expect(detail.explanation.cpu.message).toMatch(/^Set the request to /);
    expect(detail.explanation.cpu.wording?.key).toBe('parts.then');
    expect(detail.patches?.strategicMerge).toContain('web');
    expect(detail.facts?.name).toBe('web');
    const { window } = detail.advice.evidence;
    const { history, distribution } = detail;
    expect(history.start).toBe(window.start);
    expect(history.cpuCores.length).toBeLessThanOrEqual(2000);
    const seconds = (Date.parse(window.end) - Date.parse(window.start)) / 1000;
    expect(history.cpuCores).toHaveLength(
      Math.ceil(seconds / history.stepSeconds),
    );
    // A week without digests is a gap; then the peak of each step.
    expect(history.cpuCores[0]).toBeNull();
    expect(Math.max(...history.cpuCores.map(Number))).toBeCloseTo(0.2, 2);
    const shares = distribution.cpu.map(({ share }) => share);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    for (const { from, upTo } of distribution.cpu) {
      expect(upTo).toBeGreaterThan(from);
    }
    expect(distribution.cpu[0].from).toBeLessThanOrEqual(0.1);
    expect(distribution.cpu.at(-1)!.upTo).toBeGreaterThanOrEqual(0.2);
  });

  it('that one may not see is not there', async () => {
    const api = await startCostBackend({ knex, decisions: ONLY_SHOP });
    for (const id of [ids.api, ids['=cmd|cron'], 999_999, '0', 'x', '1e3']) {
      const { status, body } = await api.get(`/api/cost/v1/advice/${id}`);
      expect(status).toBe(404);
      expect(body.error.message).toContain(`There is no advice ${id};`);
    }
    expect((await api.get(`/api/cost/v1/advice/${ids.web}`)).status).toBe(200);
  });
});

describe('a decision', () => {
  const dismissed = { state: 'dismissed', reason: 'Black Friday is coming' };

  it('takes advice out of table and totals, until it is taken back', async () => {
    const auditor = mockServices.auditor.mock();
    const events: unknown[] = [];
    auditor.createEvent.mockImplementation(async options => {
      const { request: _, ...event } = options;
      return {
        success: async more => void events.push([event, 'success', more?.meta]),
        fail: async ({ error }) => void events.push([event, error.name]),
      };
    });
    const api = await startCostBackend({ knex, auditor: auditor.factory });
    const before: AdviceReport = (await api.get(FLEET)).body;

    const put = await api.put(decisionOf('api')).send(dismissed);
    expect(put.status).toBe(200);
    expect(put.body).toEqual({
      ...dismissed,
      by: mockCredentials.user().principal.userEntityRef,
      at: expect.any(String),
    });
    const after: AdviceReport = (await api.get(FLEET)).body;
    expect(names(after)).not.toContain('api');
    expect(after.totals.decidedAgainst).toBe(before.rows[0].listSaving);
    expect(
      BigInt(after.totals.listSaving) + BigInt(after.totals.decidedAgainst),
    ).toBe(BigInt(before.totals.listSaving));
    const all: AdviceReport = (await api.get(FLEET).query({ decided: 'show' }))
      .body;
    expect(all.rows[0].decision).toMatchObject(dismissed);
    expect(all.totals).toEqual(after.totals);

    expect((await api.delete(decisionOf('api'))).status).toBe(204);
    expect((await api.get(FLEET)).body).toEqual(before);
    expect((await api.delete(decisionOf('api'))).status).toBe(204);
    expect(events).toEqual([
      [
        {
          eventId: 'advice-decide',
          severityLevel: 'medium',
          meta: { adviceId: ids.api },
        },
        'success',
        dismissed,
      ],
      [
        {
          eventId: 'advice-undecide',
          severityLevel: 'medium',
          meta: { adviceId: ids.api },
        },
        'success',
        { removed: true },
      ],
      [expect.anything(), 'success', { removed: false }],
    ]);
  });

  it('is for those who may decide about the service, and every refusal is audited', async () => {
    const auditor = mockServices.auditor.mock();
    const failures: string[] = [];
    auditor.createEvent.mockImplementation(async () => ({
      success: async () => undefined,
      fail: async ({ error }) => void failures.push(error.name),
    }));
    const api = await startCostBackend({
      knex,
      auditor: auditor.factory,
      decisions: {
        [costAdviceDecidePermission.name]: conditional(
          costAdviceDecidePermission,
        ),
      },
    });
    const put = async (name: string) =>
      (await api.put(decisionOf(name)).send(dismissed)).status;
    expect(await put('web')).toBe(200);
    expect(await put('api')).toBe(403);
    // What belongs to nobody is for those who may decide about everything.
    expect(await put('=cmd|cron')).toBe(403);
    expect((await api.delete(decisionOf('api'))).status).toBe(403);

    const blind = await startCostBackend({
      knex,
      auditor: auditor.factory,
      decisions: ONLY_SHOP,
    });
    expect((await blind.put(decisionOf('api')).send(dismissed)).status).toBe(
      404,
    );
    expect(failures).toEqual([
      'NotAllowedError',
      'NotAllowedError',
      'NotAllowedError',
      'NotFoundError',
    ]);
    const service = await api
      .put(decisionOf('web'))
      .set('authorization', mockCredentials.service.header())
      .send(dismissed);
    expect(service.status).toBe(403);
  });

  it.each([
    [
      { state: 'dismissed' },
      /^reason is missing; it must say why, in 1 to 500/,
    ],
    [
      { state: 'dismissed', reason: '  ' },
      /^reason is empty; it must say why, in 1 to 500/,
    ],
    [
      { state: 'dismissed', reason: 'x'.repeat(501) },
      /^reason has 501 characters; it must/,
    ],
    [{ state: 'dismissed', reason: 7 }, /^reason is 7; it must say why/],
    [
      { state: 'ignored', reason: 'x' },
      /^state is "ignored"; it must be one of dismissed, snoozed$/,
    ],
    [{ reason: 'x' }, /^state is missing; it must be one of dismissed/],
    [[], /^The body is \[\]; it must be a JSON object with state/],
    [
      { state: 'snoozed', reason: 'x' },
      /^until is missing; it must be an instant such as/,
    ],
    [
      { state: 'snoozed', reason: 'x', until: 'tomorrow' },
      /^until is "tomorrow"; it must be an instant such as/,
    ],
    [
      { state: 'snoozed', reason: 'x', until: '2020-01-01T00:00:00Z' },
      /until is "2020-01-01T00:00:00Z"; it must lie in the future/,
    ],
    [
      { ...dismissed, by: 'user:default/boss' },
      /^by is not known here; known are state, reason$/,
    ],
  ])('refuses %j', async (body, message) => {
    const api = await startCostBackend({ knex });
    const answer = await api.put(decisionOf('web')).send(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(message);
  });

  const NOT_JSON =
    'The body can\'t be read as JSON; it must be JSON such as {"state": "dismissed", "reason": "Migrates next week"}';
  const json = 'application/json';
  it.each<[string, string | Buffer, Record<string, string>, number, string]>([
    ['broken', '{"state": "dis', { 'Content-Type': json }, 400, NOT_JSON],
    [
      'not UTF-8',
      Buffer.from([0x7b, 0xff]),
      { 'Content-Type': json },
      400,
      NOT_JSON,
    ],
    [
      'no object',
      '"dismissed"',
      { 'Content-Type': json },
      400,
      'The body is "dismissed"; it must be a JSON object with state',
    ],
    [
      'not the gzip it says',
      JSON.stringify(dismissed),
      { 'Content-Type': json, 'Content-Encoding': 'gzip' },
      400,
      NOT_JSON,
    ],
    [
      'too large',
      JSON.stringify({ ...dismissed, reason: 'x'.repeat(20_000) }),
      { 'Content-Type': json },
      413,
      'The body is larger than 8 kB; it must be JSON such as {"state": "dismissed", "reason": "Migrates next week"}',
    ],
    [
      'no JSON by its type',
      JSON.stringify(dismissed),
      { 'Content-Type': 'text/plain' },
      415,
      'Content-Type is "text/plain"; it must be application/json',
    ],
    [
      'of another charset',
      JSON.stringify(dismissed),
      { 'Content-Type': 'application/json; charset=latin1' },
      415,
      'Content-Type is "application/json; charset=latin1"; the charset must be utf-8',
    ],
    [
      'of a charset that nobody has',
      JSON.stringify(dismissed),
      { 'Content-Type': 'application/json; charset=utf-99' },
      415,
      'Content-Type is "application/json; charset=utf-99"; the charset must be utf-8',
    ],
    [
      'of another encoding',
      JSON.stringify(dismissed),
      { 'Content-Type': json, 'Content-Encoding': 'zstd' },
      415,
      'Content-Encoding is "zstd"; it must be gzip, deflate or identity',
    ],
  ])(
    'refuses a body that is %s',
    async (_what, body, headers, status, message) => {
      const server = await startCostServer({ knex });
      const { port } = server.address() as AddressInfo;
      const answer = await fetch(
        `http://127.0.0.1:${port}${decisionOf('web')}`,
        {
          method: 'PUT',
          headers: { ...headers, Authorization: mockCredentials.user.header() },
          body: typeof body === 'string' ? body : new Uint8Array(body),
        },
      );
      const { error } = await answer.json();
      expect([answer.status, error.message]).toEqual([status, message]);
    },
  );

  it('refuses parameters it does not know, and then changes nothing', async () => {
    const api = await startCostBackend({ knex });
    const route = decisionOf('web');
    const decided = async () => {
      const { body } = await api.get(FLEET).query({ decided: 'show' });
      return (body as AdviceReport).rows.find(
        ({ workload }) => workload.name === 'web',
      )?.decision?.state;
    };
    const parameter = { force: 'true' };
    const message = 'force is not known here; there are no parameters';

    const put = await api.put(route).query(parameter).send(dismissed);
    expect([put.status, put.body.error.message]).toEqual([400, message]);
    expect(await decided()).toBeUndefined();

    expect((await api.put(route).send(dismissed)).status).toBe(200);
    const removed = await api.delete(route).query(parameter);
    expect([removed.status, removed.body.error.message]).toEqual([
      400,
      message,
    ]);
    expect(await decided()).toBe('dismissed');

    const none = await api.delete('/api/cost/v1/advice/x9/decision');
    expect([none.status, none.body.error.message]).toEqual([
      404,
      expect.stringContaining('There is no advice x9;'),
    ]);
  });
});
