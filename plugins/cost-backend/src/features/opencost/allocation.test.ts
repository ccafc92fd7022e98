import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { costReadPermission, OpenCostItem } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { startCostBackend } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import {
  container,
  FakeUsageSource,
  node,
} from '../../__testUtils__/FakeUsageSource';
import {
  runIngest,
  storedEntity,
  storeEntities,
} from '../../__testUtils__/ingest';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';
import { CostAuthorizer } from '../../core/permissions/CostAuthorizer';
import { CostScopes } from '../../core/CostScopes';
import { PageDatabase } from '../../database/PageDatabase';
import { Allocations } from './Allocations';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const NOW = '2026-01-10T12:30:00.000Z';
const SIX_HOURS = '2026-01-10T06:00:00Z,2026-01-10T12:00:00Z';
const GIB = 2 ** 30;

let knex: Knex;
type Api = Awaited<ReturnType<typeof startCostBackend>>;
let api: Api;

/**
 * web in shop, of a service, has two pods on two nodes; api in core, of another, has
 * one whose memory nobody measured. Nothing is known of seven o'clock.
 */
beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(knex, [
    storedEntity(),
    storedEntity({
      entityRef: 'component:default/api',
      name: 'api',
      ownerRefs: ['group:default/secret'],
      annotations: { 'backstage.io/kubernetes-id': 'api' },
    }),
  ]);
  const source = FakeUsageSource.create();
  source.world = hour => ({
    nodes: [node(hour), node(hour, { node: 'node-2' })],
    containers: [
      container(hour),
      container(hour, { pod: 'web-2', node: 'node-2' }),
      container(hour, {
        namespace: 'core',
        pod: 'api-1',
        workload: 'api',
        labels: { 'backstage.io/kubernetes-id': 'api', 'app.io/tier': 'back' },
        memoryUsageByteSeconds: undefined,
      }),
    ],
  });
  source.missing.add('2026-01-10T07:00:00.000Z');
  await runIngest({ knex, source, now: NOW });
  api = await startCostBackend({ knex });
});

interface Answered {
  data: Array<Record<string, OpenCostItem>>;
  warning?: string;
}

async function ask(
  query: Record<string, string>,
  of: Api = api,
): Promise<Answered> {
  const { body, status } = await of
    .get('/api/cost/allocation')
    .query({ window: SIX_HOURS, ...query });
  expect([status, body.error?.message]).toEqual([200, undefined]);
  return body;
}

const totals = (set: Record<string, OpenCostItem>) =>
  Object.fromEntries(
    Object.values(set).map(({ name, totalCost }) => [name, totalCost]),
  );
const sum = (sets: Answered['data']) =>
  sets
    .flatMap(set => Object.values(set))
    .reduce((all, { totalCost }) => all + Math.round(totalCost * 1e6), 0);

/** Two nodes at 1.2 for five hours. */
const PAID = 12_000_000;

describe('/allocation', () => {
  it('sums to what the nodes cost, whatever it is by', async () => {
    for (const aggregate of [
      '',
      'cluster',
      'node',
      'namespace',
      'controller',
      'pod',
      'container',
      'service',
      'label:app.io/tier',
      'team',
    ]) {
      for (const more of [
        { includeIdle: 'true' },
        { idle: 'true', idleByNode: 'true' },
        { shareIdle: 'true' },
        { shareIdle: 'true', idleByNode: 'true', shareNamespaces: 'core' },
      ] as Array<Record<string, string>>) {
        const { data } = await ask({ aggregate, ...more });
        expect([aggregate, more, sum(data)]).toEqual([aggregate, more, PAID]);
      }
    }
  });

  it('has items by container that say where they ran', async () => {
    const { data } = await ask({ includeIdle: 'true', idleByNode: 'true' });
    expect(Object.keys(data[0]).sort()).toEqual([
      'c1/node-1/__idle__',
      'c1/node-1/core/api-1/app',
      'c1/node-1/shop/web-1/app',
      'c1/node-2/__idle__',
      'c1/node-2/shop/web-2/app',
    ]);
    expect(data[0]['c1/node-2/shop/web-2/app']).toMatchObject({
      properties: {
        cluster: 'c1',
        node: 'node-2',
        namespace: 'shop',
        controllerKind: 'deployment',
        controller: 'web',
        pod: 'web-2',
        container: 'app',
        labels: { backstage_io_kubernetes_id: 'web' },
      },
      window: { start: '2026-01-10T06:00:00Z', end: '2026-01-10T12:00:00Z' },
      start: '2026-01-10T06:00:00Z',
      end: '2026-01-10T12:00:00Z',
      minutes: 360,
      cpuCoreHours: 5,
      ramByteHours: 5 * 4 * GIB,
      cpuEfficiency: 0.5,
      ramEfficiency: 0.5,
      totalEfficiency: 0.5,
    });
  });

  it('says what nobody measured, and which hours are not known', async () => {
    const { data, warning } = await ask({ aggregate: 'namespace' });
    expect(data[0].core).toMatchObject({
      cpuEfficiency: 0.5,
      ramByteUsageAverage: null,
      ramEfficiency: null,
      totalEfficiency: null,
    });
    expect(data[0].shop).toMatchObject({ ramEfficiency: 0.5 });
    expect(warning).toBe('1 of 6 hours of cluster c1 are not known.');
    const byPod = await ask({ aggregate: 'pod' });
    expect(byPod.data[0]['api-1'].ramEfficiency).toBeNull();
    expect(byPod.data[0]['web-1'].ramEfficiency).toBe(0.5);
    const { warning: ofService } = await ask({ aggregate: 'service' });
    expect(ofService).toContain('No source of this window says which Services');
  });

  it('answers steps, and sums them', async () => {
    const query = { aggregate: 'namespace', includeIdle: 'true' };
    const hours = await ask({ ...query, step: '1h' });
    expect(hours.data).toHaveLength(6);
    expect(Object.keys(hours.data[1])).toEqual([]);
    expect(hours.data[2].shop).toMatchObject({
      window: { start: '2026-01-10T08:00:00Z', end: '2026-01-10T09:00:00Z' },
      minutes: 60,
    });
    expect(sum(hours.data)).toBe(PAID);
    const whole = await ask({ ...query, step: '2h', accumulate: 'true' });
    expect(whole.data.map(totals)).toEqual((await ask(query)).data.map(totals));
    const days = await ask({
      ...query,
      window: '2026-01-09T12:00:00Z,2026-01-10T12:00:00Z',
      accumulate: 'day',
    });
    expect(days.data.map(set => set.shop.window)).toEqual([
      { start: '2026-01-09T12:00:00Z', end: '2026-01-10T00:00:00Z' },
      { start: '2026-01-10T00:00:00Z', end: '2026-01-10T12:00:00Z' },
    ]);
  });

  it('is the same of days that are rolled up as of their hours', async () => {
    const day = { window: '2026-01-10T00:00:00Z,2026-01-11T00:00:00Z' };
    const hours = { window: '2026-01-10T00:00:00Z,2026-01-10T12:00:00Z' };
    const query = { aggregate: 'namespace,controller', includeIdle: 'true' };
    const figures = ({ data: [set] }: Answered) =>
      Object.values(set).map(({ window, ...rest }) => rest);
    const rolled = await ask({ ...query, ...day });
    expect(figures(rolled)).toEqual(figures(await ask({ ...query, ...hours })));
    await knex.raw(
      `INSERT INTO cost_dirty_days (cluster_id, day, generation) SELECT id, '2026-01-10', 1 FROM cost_clusters`,
    );
    const dirty = await ask({ ...query, ...day });
    await knex('cost_dirty_days').delete();
    expect(figures(dirty)).toEqual(figures(rolled));
  });

  it('is the same at each of its addresses, and summarized', async () => {
    const query = { window: SIX_HOURS, aggregate: 'namespace' };
    const { body } = await api.get('/api/cost/allocation').query(query);
    const computed = await api.get('/api/cost/allocation/compute').query(query);
    expect(computed.body).toEqual(body);
    const { body: summary } = await api
      .get('/api/cost/allocation/summary')
      .query(query);
    const [set] = summary.data.sets;
    expect(summary.data.step).toBe(6 * 3600 * 1e9);
    expect(set.window).toEqual(summary.data.window);
    expect(totals(set.allocations)).toEqual(totals(body.data[0]));
  });

  it('filters by what it does not aggregate by', async () => {
    const of = async (query: Record<string, string>) =>
      Object.keys(totals((await ask({ aggregate: 'pod', ...query })).data[0]));
    expect(await of({ filter: 'node:"node-2"' })).toEqual(['web-2']);
    expect(await of({ filter: 'label[app.io/tier]:"back"' })).toEqual([
      'api-1',
    ]);
    expect(await of({ filter: 'label:"app_io_tier"' })).toEqual(['api-1']);
    // As kubectl cost and older pages ask.
    expect(await of({ filterNamespaces: 'core' })).toEqual(['api-1']);
    expect(await of({ filterNamespaces: '' })).toHaveLength(3);
    expect(await of({ filterPods: 'web-*,x' })).toEqual(['web-1', 'web-2']);
    expect(await of({ filterControllers: 'deployment:api' })).toEqual([
      'api-1',
    ]);
    expect(
      await of({
        filterLabels: 'app_io_tier:back',
        filter: 'namespace:"shop"',
      }),
    ).toEqual([]);
  });

  it('takes what pages of Kubecost send for nothing', async () => {
    const { data } = await ask({
      ...{ aggregate: 'namespace', step: '', shareNamespaces: '' },
      ...{ shareCost: 'NaN', shareTenancyCosts: 'true', shareLabels: '' },
      ...{ chartType: 'costovertime', costUnit: 'cumulative' },
      ...{ resolution: '1m', accumulate: 'false' },
    });
    expect(Object.keys(data[0])).toEqual(['core', 'shop']);
  });

  it.each([
    [{ window: 'soon' }, 'window is "soon"; it must be today, yesterday'],
    [{ window: '' }, 'window is empty'],
    [{ aggregate: 'pods' }, 'aggregate is "pods"; it must be some of cluster'],
    [{ step: '90m' }, 'step is "90m"; it must be whole hours'],
    [{ accumulate: 'year' }, 'accumulate is "year"; it must be one of true'],
    [
      { step: '2d', accumulate: 'day' },
      'step is longer than accumulate=day; it must be at most as long',
    ],
    [
      { step: '1h', window: '2020-01-01T00:00:00Z,2026-01-01T00:00:00Z' },
      'which makes 52608 steps; it must make 10000 at most',
    ],
    [
      { window: '2020-01-01T00:00:00Z,2020-01-02T00:00:00Z' },
      'which begins before hours are kept; it must begin at 20',
    ],
    [{ filter: 'pod:web' }, 'filter has "web" at character 5; there must be'],
    [{ includeIdle: 'maybe' }, 'includeIdle is "maybe"; it must be true'],
    [{ shareLabels: 'app' }, 'shareLabels is "app"; it must be labels such as'],
    [{ shareCost: '-1' }, 'shareCost is "-1"; it must be an amount a month'],
    [{ shareSplit: 'odd' }, 'shareSplit is "odd"; it must be weighted or even'],
    [{ costUnit: 'daily' }, 'costUnit is "daily"; it must be cumulative'],
    [{ offset: '10' }, 'offset is not known here; known are window, aggregate'],
  ])('refuses %j', async (query, message) => {
    const { status, body } = await api
      .get('/api/cost/allocation')
      .query({ window: SIX_HOURS, ...query });
    expect([status, body.error.name]).toEqual([400, 'InputError']);
    expect(body.error.message).toContain(message);
  });
});

describe('who may see some', () => {
  const start = (owner: string) =>
    startCostBackend({
      knex,
      decision: createCostConditionalDecision(
        costReadPermission,
        costConditions.isOwner({ claims: [`group:default/${owner}`] }),
      ),
    });

  it('sees their own, nothing of others and nothing idle', async () => {
    const theirs = await start('shop');
    for (const aggregate of ['', 'cluster', 'namespace', 'pod']) {
      const { data, warning } = await ask(
        { aggregate, includeIdle: 'true' },
        theirs,
      );
      const all = await ask({ aggregate: 'namespace' });
      expect(sum(data)).toBe(sum([{ shop: all.data[0].shop }]));
      expect(JSON.stringify(data)).not.toMatch(/core|api|__idle__/);
      expect(warning).toContain('Idle capacity belongs to no service');
    }
  });

  it.each([
    { shareIdle: 'true' },
    { shareNamespaces: 'core' },
    { shareLabels: 'app:api' },
    { shareCost: '10' },
  ])('may not move what others cost: %j', async query => {
    const theirs = await start('shop');
    const { status, body } = await theirs
      .get('/api/cost/allocation')
      .query({ window: SIX_HOURS, ...query });
    expect([status, body.error.name]).toEqual([403, 'NotAllowedError']);
    expect(body.error.message).toContain(Object.keys(query)[0]);
  });

  it('sees nothing at all where nothing is theirs', async () => {
    for (const path of ['', '/compute', '/summary']) {
      const novice = await start('novices');
      const { status } = await novice
        .get(`/api/cost/allocation${path}`)
        .query({ window: SIX_HOURS });
      expect([path, status]).toEqual([path, 403]);
      const { status: unsigned } = await api
        .get(`/api/cost/allocation${path}`)
        .query({ window: SIX_HOURS })
        .set('Authorization', mockCredentials.none.header());
      expect([path, unsigned]).toEqual([path, 401]);
    }
  });

  it('is denied when the policy denies', async () => {
    const denied = await startCostBackend({
      knex,
      decision: { result: AuthorizeResult.DENY },
    });
    const { status } = await denied
      .get('/api/cost/allocation')
      .query({ window: SIX_HOURS });
    expect(status).toBe(403);
  });
});

describe('an answer', () => {
  const allocations = (options: { mostRows?: number } = {}) =>
    Allocations.create({
      scopes: CostScopes.create({
        authorizer: {
          accessOf: async () => ({ kind: 'everything' }),
        } as unknown as CostAuthorizer,
        pages: PageDatabase.create({ knex }),
        catalogRead: 'every minute',
      }),
      config: {
        ingest: { settleMs: 0 },
        retentionMonths: 13,
        timezone: 'UTC',
      } as Parameters<typeof Allocations.create>[0]['config'],
      now: () => new Date(NOW),
      ...options,
    });
  const caller = mockCredentials.user();

  it('is refused when it is too large, with what would do', async () => {
    const small = allocations({ mostRows: 8 });
    const query = { window: SIX_HOURS, step: 3_600_000 };
    await expect(small.answer(query, caller)).rejects.toThrow(
      `window is "${SIX_HOURS}"; its answer would be made of 25 rows where 8 is the most: it must be asked with a window of one step instead of 6, a longer step, aggregate=namespace or aggregate=controller`,
    );
    const fits = await small.answer({ window: SIX_HOURS }, caller);
    expect(fits.sets[0].items).toHaveLength(3);
  });

  it('costs as many queries however long it is', async () => {
    const count = async (query: { window: string; step?: number }) => {
      let queries = 0;
      const note = () => {
        queries += 1;
      };
      knex.on('query', note);
      await allocations().answer(query, caller);
      knex.removeListener('query', note);
      return queries;
    };
    const short = await count({
      window: '2026-01-10T11:00:00Z,2026-01-10T12:00:00Z',
    });
    expect(short).toBeGreaterThan(0);
    expect(await count({ window: SIX_HOURS, step: 3_600_000 })).toBe(short);
  });
});
