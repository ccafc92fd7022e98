import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { startCostBackend } from '../__testUtils__/backend';
import { TestPostgres } from '../__testUtils__/database';
import { DatabaseProxy } from '../__testUtils__/DatabaseProxy';
import { FakePostgres, Refusal } from '../__testUtils__/FakePostgres';
import { storedEntity, storeEntities } from '../__testUtils__/ingest';
import {
  DatabaseHealth,
  inSnapshot,
  orUnavailable,
  withStatementLimit,
} from '@headroom/node';
import { openDatabase } from '../database/openDatabase';

jest.setTimeout(120_000);
// What is timed may be late on a busy machine: it is tried once more.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

const postgres = TestPostgres.create();
const SENTENCE =
  'The database does not answer; nothing is lost, try again in a minute';
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

/** A logger that keeps what it is told of importance. */
function loggerOf() {
  const logged: string[] = [];
  const say = (line: string) => {
    logged.push(line);
  };
  const logger = mockServices.rootLogger.mock({ info: say, warn: say });
  logger.child.mockReturnValue(logger);
  return { logger, logged };
}

/** Nobody's: signed by itself. */
function createCertificate(host: string): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-tls-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map(name => join(folder, name));
  execFileSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'],
    ...['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`],
    ...['-keyout', key, '-out', cert],
  ]);
  const pair = {
    key: readFileSync(key, 'utf8'),
    cert: readFileSync(cert, 'utf8'),
  };
  rmSync(folder, { recursive: true });
  return pair;
}

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

describe('when it can be reached but not be entered', () => {
  const HOST = 'db-7.internal.example.com';
  const certificate = createCertificate(HOST);
  const refusals: Array<[string, Refusal, object?]> = [
    [
      '28P01',
      { sqlState: '28P01', message: `password failed for user at ${HOST}` },
    ],
    ['28000', { sqlState: '28000', message: `no pg_hba.conf entry (${HOST})` }],
    ['3D000', { sqlState: '3D000', message: 'database "x" does not exist' }],
    ['53300', { sqlState: '53300', message: 'too many clients already' }],
    ['57P03', { sqlState: '57P03', message: 'the database is starting up' }],
    ['57P04', { sqlState: '57P04', message: 'the database was dropped' }],
    ['08004', { sqlState: '08004', message: 'connection rejected' }],
    ['XX000', { sqlState: 'XX000', message: `tenant not found at ${HOST}` }],
    ['The server does not support SSL', { tls: 'none' }, {}],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', { tls: certificate }, {}],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      { tls: certificate },
      { ca: certificate.cert },
    ],
  ];

  it('says the same, the log says why, and goes on when it may', async () => {
    const pool = proxy.knex();
    const { logger, logged } = loggerOf();
    const api = await startCostBackend({ knex: pool, logger });
    expect((await api.get(SERVICE)).status).toBe(200);
    await proxy.refuse();
    const fake = await FakePostgres.listen(proxy.port);
    for (const [reason, refusal, ssl] of refusals) {
      fake.refusal = refusal;
      pool.client.connectionSettings.ssl = ssl ?? false;
      logged.length = 0;
      for (const route of [SERVICE, '/api/cost/v1/fleet/charges.csv']) {
        const { status, body, text } = await api.get(route);
        expect([reason, status, body.error?.message]).toEqual([
          reason,
          503,
          SENTENCE,
        ]);
        expect(text).not.toContain(HOST);
      }
      expect(logged.filter(line => line.includes(reason))).toHaveLength(2);
    }
    pool.client.connectionSettings.ssl = false;
    await fake.close();
    await proxy.accept();
    expect((await api.get(SERVICE)).status).toBe(200);
    await pool.destroy();
  });
});

describe('readiness', () => {
  it('is told in half a second, also of a database that hangs', async () => {
    const { logger, logged } = loggerOf();
    const health = DatabaseHealth.create({ knex, logger, patienceMs: 1000 });
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
    health.close();
    // Once each, however often it was asked.
    expect(logged).toEqual([
      expect.stringMatching(/^The database does not answer: /),
      'The database answers again',
      expect.stringMatching(/^The database does not answer: .*ECONN/),
      'The database answers again',
    ]);
  });

  it('is not in question while all connections of the pool are busy', async () => {
    const { logger } = loggerOf();
    const busy = proxy.knex();
    const { pages } = await openDatabase(
      mockServices.database.mock({ getClient: async () => busy }),
    );
    const { max } = busy.client.pool;
    const held = await Promise.all(
      Array.from({ length: max }, () => busy.client.acquireConnection()),
    );
    const waiting = pages.raw('SELECT 1');
    const health = DatabaseHealth.create({
      knex: pages,
      logger,
      patienceMs: 500,
    });
    expect(await health.ready()).toBe(true);
    await new Promise(resolve => setTimeout(resolve, 1100));
    expect(await health.ready()).toBe(true);
    expect(health.hangs).toBe(false);

    await Promise.all(
      held.map(connection => busy.client.releaseConnection(connection)),
    );
    await waiting;
    health.close();
    await busy.destroy();
  });
});

describe('a statement', () => {
  it('may take 20 s for a page and 10 minutes for work, on whatever connection', async () => {
    const pool = proxy.knex();
    const { pages, work } = await openDatabase(
      mockServices.database.mock({ getClient: async () => pool }),
    );
    const limitOf = async (of: Knex) => {
      const { rows } = await of.raw('SHOW statement_timeout');
      return rows[0].statement_timeout;
    };
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await limitOf(pages)).toBe('20s');
      expect(await limitOf(work)).toBe('10min');
      expect(await pages.transaction(limitOf)).toBe('20s');
      expect(await work.transaction(limitOf)).toBe('10min');
      expect(await inSnapshot(pages, limitOf)).toBe('20s');
    }
    // They share their connections.
    expect(pool.client.pool.numUsed() + pool.client.pool.numFree()).toBe(1);
    await pool.destroy();
  });

  it('that takes longer is answered with 503', async () => {
    const pool = proxy.knex();
    const slow = withStatementLimit(pool, 50);
    const error = await slow.raw('SELECT pg_sleep(5)').then(
      () => undefined,
      each => each,
    );
    expect(error).toMatchObject({ code: '57014' });
    await expect(orUnavailable(Promise.reject(error))).rejects.toThrow(
      SENTENCE,
    );
    await pool.destroy();
  });
});
