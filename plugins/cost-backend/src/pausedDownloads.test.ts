import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import request from 'supertest';
import { startCostServer } from './__testUtils__/backend';
import { TestPostgres } from './__testUtils__/database';
import {
  container,
  FakeUsageSource,
  node,
} from './__testUtils__/FakeUsageSource';
import { runIngest, storedEntity, storeEntities } from './__testUtils__/ingest';
import { askAndPause, SlowClient } from './__testUtils__/sockets';

jest.setTimeout(300_000);

const CONTAINERS = 1000;
const DAYS = 24;
const DOWNLOADS = 60;
const MIB = 2 ** 20;
/** What docs/operations.md says one download takes at most. */
const MIB_PER_DOWNLOAD = 1;

const FLEET = '/api/cost/v1/fleet';
const CSV = `${FLEET}/charges.csv?window=30d`;
const SERVICE = '/api/cost/v1/services/component/default/web';

const postgres = TestPostgres.create();
let knex: Knex;

/** One hour of many containers, and the same sums on the days before. */
beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(knex, [storedEntity()]);
  const yesterday = new Date(Date.now() - 86_400_000)
    .toISOString()
    .slice(0, 10);
  await runIngest({
    knex,
    now: `${yesterday}T12:30:00Z`,
    config: { cost: { ingest: { backfill: { hours: 1 } } } },
    source: FakeUsageSource.create(hour => ({
      nodes: [node(hour, { cpuCores: 4 * CONTAINERS, memoryBytes: 2 ** 45 })],
      containers: Array.from({ length: CONTAINERS }, (_, i) =>
        container(hour, { pod: `p-${i}`, workload: `workload-number-${i}` }),
      ),
    })),
  });
  for (const table of ['cost_days', 'cost_cluster_days']) {
    const { rows } = await knex.raw(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = ?
         AND table_schema = current_schema() AND column_name <> 'day'`,
      [table],
    );
    const columns = rows.map(({ name }: { name: string }) => name).join(', ');
    await knex.raw(
      `INSERT INTO ${table} (day, ${columns})
       SELECT day - n, ${columns} FROM ${table}, generate_series(1, ?::integer) n`,
      [DAYS - 1],
    );
  }
});

const clients: SlowClient[] = [];
const pauseDownload = async (port: number) => {
  const client = await askAndPause(port, CSV);
  clients.push(client);
  return client;
};
// A server waits for who is still connected.
afterEach(() => clients.splice(0).forEach(client => client.leave()));

async function pageTimes(ask: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < 30; i += 1) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b);
}

const p95 = (times: number[]) => times[Math.floor(times.length * 0.95)];

setFlagsFromString('--expose-gc');
const gc: () => void = runInNewContext('gc');

const second = () => new Promise(resolve => setTimeout(resolve, 1000));

/** What is held once nothing moves any more: what is sent has no more room. */
async function settledMemory(): Promise<number> {
  for (let busy = Infinity; busy > 100_000; ) {
    const before = process.cpuUsage();
    await second();
    busy = process.cpuUsage(before).user;
  }
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe('paused downloads', () => {
  it('leave pages their pace and the database its connections', async () => {
    const server = await startCostServer({ knex });
    const api = request(server);
    const ask = async () => {
      expect((await api.get(SERVICE)).status).toBe(200);
    };
    await ask();
    const usual = p95(await pageTimes(ask));
    const before = await settledMemory();

    const [first] = await Promise.all(
      Array.from({ length: DOWNLOADS }, () => pauseDownload(server.port())),
    );
    const grown = (await settledMemory()) - before;
    const { rows } = await knex.raw(
      `SELECT count(*)::integer AS held FROM pg_stat_activity
       WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    const during = p95(await pageTimes(ask));

    expect(rows).toEqual([{ held: 0 }]);
    expect(during).toBeLessThan(usual * 2 + 20);
    expect(grown).toBeLessThan(DOWNLOADS * MIB_PER_DOWNLOAD * MIB);

    // Who reads on gets all of it.
    const answer = await first.readAll();
    const whole = (await api.get(CSV)).text;
    expect(
      answer.split('\r\n').filter(line => line.includes('workload-')),
    ).toHaveLength(
      whole.split('\r\n').filter(line => line.includes('workload-')).length,
    );
  });

  it('are no error when their reader leaves', async () => {
    const logger = mockServices.rootLogger.mock();
    const child = { ...logger, child: () => child };
    const server = await startCostServer({ knex, logger: child });
    await Promise.all(
      Array.from({ length: 3 }, () => pauseDownload(server.port())),
    );
    clients.splice(0).forEach(client => client.leave());
    await second();
    expect(logger.error).not.toHaveBeenCalled();
    expect(logger.warn).not.toHaveBeenCalled();
  });
});
