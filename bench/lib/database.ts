import { randomBytes } from 'node:crypto';
import { migrationsDirectory } from '@headroom/plugin-cost-backend/testUtils';
import knexFactory, { Knex } from 'knex';
import { Client } from 'pg';

/** A database of its own for one bench run, with a plugin's tables. */
export interface BenchDatabase {
  /** Connection string of the database. */
  url: string;
  knex: Knex;
  /** Closes and drops it. */
  drop(): Promise<void>;
}

/**
 * Creates a migrated database on the server that `yarn bench` started.
 *
 * @param directory - of the plugin's migrations; default: those of the cost plugin
 */
export async function createBenchDatabase(
  directory: string = migrationsDirectory(),
): Promise<BenchDatabase> {
  const serverUrl = process.env.HEADROOM_BENCH_DATABASE;
  if (!serverUrl) {
    throw new Error(
      'HEADROOM_BENCH_DATABASE is not set: start benches with `yarn bench <name>`, or set it to the URL of a PostgreSQL whose user may create databases',
    );
  }
  const name = `headroom_bench_${randomBytes(4).toString('hex')}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const knex = knexFactory({
    client: 'pg',
    connection: url.toString(),
    pool: { min: 0, max: 10 },
  });
  const drop = async () => {
    await knex.destroy();
    await onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  };
  try {
    await knex.migrate.latest({ directory });
  } catch (error) {
    await drop();
    throw error;
  }
  return { url: url.toString(), knex, drop };
}

/** Runs one statement on the server's own database. */
export async function onServer(serverUrl: string, sql: string) {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
