import { Knex } from 'knex';
import { startCostBackend } from './__testUtils__/backend';
import { TestPostgres } from './__testUtils__/database';
import { DatabaseProxy } from './__testUtils__/DatabaseProxy';
import { storedEntity, storeEntities } from './__testUtils__/ingest';
import { DatabaseHealth } from './database/DatabaseHealth';
import { inSnapshot } from './database/snapshot';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const SENTENCE =
  'The database of costs does not answer; nothing is lost, try again in a minute';
const SERVICE = '/api/cost/v1/services/component/default/web';
const ROUTES = [
  SERVICE,
  `${SERVICE}/charges.csv`,
  `${SERVICE}/advice`,
  `${SERVICE}/advice.csv`,
  `${SERVICE}/gpu`,
  '/api/cost/v1/fleet',
  '/api/cost/v1/fleet/charges.csv',
  '/api/cost/v1/fleet/advice',
  '/api/cost/v1/fleet/advice.csv',
  '/api/cost/v1/fleet/gpu',
  '/api/cost/v1/teams/group/default/shop',
  '/api/cost/v1/advice/1',
  '/api/cost/v1/sources',
];

let proxy: DatabaseProxy;
let knex: Knex;

beforeAll(async () => {
  const direct = await postgres.migrated();
  await storeEntities(direct, [storedEntity()]);
  proxy = await DatabaseProxy.create(direct);
  knex = proxy.knex();
});

afterAll(async () => {
  proxy.thaw();
  await knex.destroy();
  await proxy.refuse();
});

describe('without its database', () => {
  it('says so in a sentence that does not say where it is, and goes on when it is back', async () => {
    const api = await startCostBackend({ knex });
    expect((await api.get(SERVICE)).status).toBe(200);
    await proxy.refuse();
    for (const route of ROUTES) {
      const { status, body, text } = await api.get(route);
      expect([route, status, body.error?.message]).toEqual([
        route,
        503,
        SENTENCE,
      ]);
      expect(text).not.toMatch(/127\.0\.0\.1|ECONN/);
      expect(text).not.toContain(String(proxy.port));
    }
    await proxy.accept();
    expect((await api.get(SERVICE)).status).toBe(200);
  });

  it('lets nobody wait for one that hangs, and goes on when it answers', async () => {
    const api = await startCostBackend({ knex });
    expect((await api.get(SERVICE)).status).toBe(200);
    proxy.freeze();
    const began = performance.now();
    const answers = await Promise.all(ROUTES.map(route => api.get(route)));
    expect(performance.now() - began).toBeLessThan(9000);
    expect(answers.map(({ status }) => status)).toEqual(ROUTES.map(() => 503));
    expect(answers[0].body.error.message).toBe(SENTENCE);
    // From now on it is known.
    const then = performance.now();
    expect((await api.get(SERVICE)).status).toBe(503);
    expect(performance.now() - then).toBeLessThan(1000);

    proxy.thaw();
    await new Promise(resolve => setTimeout(resolve, 500));
    expect((await api.get(SERVICE)).status).toBe(200);
  });
});

describe('readiness', () => {
  it('is told in half a second, also of a database that hangs', async () => {
    const health = DatabaseHealth.create({ knex, patienceMs: 1000 });
    expect(await health.ready()).toBe(true);
    proxy.freeze();
    await new Promise(resolve => setTimeout(resolve, 1100));
    const began = performance.now();
    // Half a second is no patience yet.
    expect(await health.ready()).toBe(true);
    await new Promise(resolve => setTimeout(resolve, 600));
    expect(await health.ready()).toBe(false);
    expect(performance.now() - began).toBeLessThan(2000);
    proxy.thaw();
    await new Promise(resolve => setTimeout(resolve, 500));
    expect(await health.ready()).toBe(true);

    await proxy.refuse();
    await new Promise(resolve => setTimeout(resolve, 1100));
    expect(await health.ready()).toBe(false);
    await proxy.accept();
    expect(await health.ready()).toBe(true);
  });
});

it('stops a statement of a page that takes too long', async () => {
  const limit = await inSnapshot(knex, async tx => {
    const { rows } = await tx.raw('SHOW statement_timeout');
    return rows[0].statement_timeout;
  });
  expect(limit).toBe('20s');
});
