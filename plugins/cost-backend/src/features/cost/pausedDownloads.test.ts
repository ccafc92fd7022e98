import { ServerResponse } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import request from 'supertest';
import {
  createAdviceJob,
  OVERSIZED,
  seedContainer,
} from '../../__testUtils__/advice';
import { startCostServer } from '../../__testUtils__/backend';
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
import { askAndPause, SlowClient } from '../../__testUtils__/sockets';

jest.setTimeout(300_000);

const CONTAINERS = 1000;
const DAYS = 24;
const ADVICE = 20_000;
const DOWNLOADS = 200;
/** Long names fill what the network takes before a reader counts as slow. */
const LONG = 'x'.repeat(200);
const MIB = 2 ** 20;
/** What docs/operations.md says one download takes at most. */
const MIB_PER_DOWNLOAD = 1;
/** A piece that waits, and what a stream takes before it says that it is full. */
const BYTES_IN_BUFFERS = 256 * 1024;

const FLEET = '/api/cost/v1/fleet';
const CSVS = [`${FLEET}/charges.csv?window=30d`, `${FLEET}/advice.csv`];
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
        container(hour, { pod: `p-${i}`, workload: `workload-${i}-${LONG}` }),
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
  await seedAdvice();
});

/** Advice on one container, and the same on many others. */
async function seedAdvice() {
  const id = await seedContainer(knex, {
    namespace: 'shop',
    kind: 'Deployment',
    name: 'advised',
    days: 14,
    lastDay: '2026-01-30',
    usage: OVERSIZED,
  });
  const job = createAdviceJob({ knex, now: '2026-01-31T12:30:00.000Z' });
  await job.runIfDue(new AbortController().signal);
  await knex.raw(
    `WITH made AS (
       INSERT INTO cost_containers (cluster_id, bucket, namespace, workload_kind, workload, container, link_stale)
       SELECT cluster_id, bucket, namespace, workload_kind, 'workload-' || n || ?::text, container, false
       FROM cost_containers, generate_series(1, ?::integer) n WHERE id = ? RETURNING id)
     INSERT INTO cost_advice
     SELECT (jsonb_populate_record(a, jsonb_build_object('container_id', made.id))).*
     FROM cost_advice a, made WHERE a.container_id = ?`,
    [`-advised-${LONG}`, ADVICE, id, id],
  );
}

const clients: SlowClient[] = [];
const pauseDownload = async (port: number, path: string) => {
  const client = await askAndPause(port, path);
  clients.push(client);
  return client;
};
// A server waits for who is still connected.
afterEach(() => clients.splice(0).forEach(client => client.leave()));

setFlagsFromString('--expose-gc');
const gc: () => void = runInNewContext('gc');

const second = () => new Promise(resolve => setTimeout(resolve, 1000));

/** Until every download waits for its reader: the network takes some megabytes first. */
async function untilPaused(responses: ServerResponse[]): Promise<void> {
  while (!responses.every(res => res.writableNeedDrain)) {
    expect(responses.filter(res => res.writableEnded)).toEqual([]);
    await second();
  }
}

function heldMemory(): number {
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const linesOf = (csv: string) =>
  csv.split('\r\n').filter(line => line.includes('workload-')).length;

describe('paused downloads', () => {
  // How fast pages are meanwhile is measured by `yarn bench serve`.
  it('hold no connection and little memory, and pages are answered', async () => {
    const server = await startCostServer({ knex });
    const api = request(server);
    const whole = [];
    for (const path of CSVS) {
      whole.push(linesOf((await api.get(path)).text));
    }
    const responses: ServerResponse[] = [];
    server.on('request', (_req, res) => responses.push(res));
    const before = heldMemory();

    const readers = await Promise.all(
      Array.from({ length: DOWNLOADS }, (_, i) =>
        pauseDownload(server.port(), CSVS[i % CSVS.length]),
      ),
    );
    expect(responses).toHaveLength(DOWNLOADS);
    await untilPaused(responses);
    const grown = heldMemory() - before;
    const { rows } = await knex.raw(
      `SELECT count(*)::integer AS held FROM pg_stat_activity
       WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );

    expect(rows).toEqual([{ held: 0 }]);
    expect(knex.client.pool.numUsed()).toBe(0);
    expect(Math.max(...responses.map(res => res.writableLength))).toBeLessThan(
      BYTES_IN_BUFFERS,
    );
    expect(grown).toBeLessThan(DOWNLOADS * MIB_PER_DOWNLOAD * MIB);
    expect((await api.get(SERVICE)).status).toBe(200);

    // Who reads on gets all of it.
    const read = await Promise.all(
      CSVS.map(async (_, i) => linesOf(await readers[i].readAll())),
    );
    expect(read).toEqual(whole);
  });

  it('are no error when their reader leaves', async () => {
    const logger = mockServices.rootLogger.mock();
    const child = { ...logger, child: () => child };
    const server = await startCostServer({ knex, logger: child });
    await Promise.all(
      Array.from({ length: 3 }, () => pauseDownload(server.port(), CSVS[0])),
    );
    clients.splice(0).forEach(client => client.leave());
    await second();
    expect(logger.error).not.toHaveBeenCalled();
    expect(logger.warn).not.toHaveBeenCalled();
  });
});
