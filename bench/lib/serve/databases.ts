import { Client } from 'pg';
import { onServer } from '../database';

/** The URL of a database on the same server. */
export function databaseUrl(serverUrl: string, name: string) {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

/** Drops every database whose name begins so. */
export async function dropDatabases(serverUrl: string, prefix: string) {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE starts_with(datname, $1)`,
    [prefix],
  );
  await client.end();
  for (const { datname } of rows) {
    await onServer(serverUrl, `DROP DATABASE "${datname}" WITH (FORCE)`);
  }
}
