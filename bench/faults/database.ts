import { randomBytes } from 'node:crypto';
import { createEntityTables } from '@headroom/node';
import { createControllerTables } from '@headroom/plugin-controllers-node';
import knexFactory, { Knex } from 'knex';
import { onServer } from '../lib/database';

/** A database of its own, with the tables of engines by prefix. */
export interface FaultDatabase {
  url: string;
  knex: Knex;
  drop(): Promise<void>;
}

/** @param prefixes - of the tables of engines that don't know of each other */
export async function createFaultDatabase(
  prefixes: readonly string[],
): Promise<FaultDatabase> {
  const serverUrl = process.env.HEADROOM_BENCH_DATABASE;
  if (!serverUrl) {
    throw new Error(
      'HEADROOM_BENCH_DATABASE is not set: start it with `yarn test:faults`, or set it to the URL of a PostgreSQL whose user may create databases',
    );
  }
  const name = `headroom_faults_${randomBytes(4).toString('hex')}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const knex = knexFactory({
    client: 'pg',
    connection: url.toString(),
    pool: { min: 0, max: 10 },
  });
  for (const prefix of prefixes) {
    await createEntityTables(knex, prefix);
    await createControllerTables(knex, prefix);
  }
  return {
    url: url.toString(),
    knex,
    drop: async () => {
      await knex.destroy();
      await onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
