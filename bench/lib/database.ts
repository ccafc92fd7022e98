import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database of its own for one bench run, dropped afterwards. */
export interface BenchDatabase {
  /** Connection string of the database. */
  url: string;
  /** Connection string of the server, for back ends that create their own databases. */
  serverUrl: string;
  drop(): Promise<void>;
}

/** Creates an empty database on the server that `yarn bench` started. */
export async function createBenchDatabase(): Promise<BenchDatabase> {
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
  return {
    url: url.toString(),
    serverUrl,
    drop: () => onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
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
