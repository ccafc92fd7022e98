import { randomBytes } from 'node:crypto';
import {
  createEntityMirror,
  migrationsDirectory,
} from '@headroom/plugin-cost-backend/testUtils';
import knexFactory, { Knex } from 'knex';

type EntityMirror = ReturnType<typeof createEntityMirror>;
type StoredEntity = Parameters<EntityMirror['replaceAll']>[0][number];

/** A database of its own with the cost plugin's tables. */
export interface PeerDatabase {
  knex: Knex;
  /** Closes and drops it. */
  drop(): Promise<void>;
}

/**
 * Creates a migrated database on the server that `yarn test:peers` started.
 *
 * @param services - what its copy of the catalog has, read at `now`
 */
export async function createDatabase(
  services: StoredEntity[],
  now: Date,
): Promise<PeerDatabase> {
  const server = process.env.HEADROOM_TEST_DATABASE!;
  const name = `headroom_peer_${randomBytes(4).toString('hex')}`;
  const admin = knexFactory({ client: 'pg', connection: server });
  await admin.raw(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const knex = knexFactory({ client: 'pg', connection: url.toString() });
  await knex.migrate.latest({ directory: migrationsDirectory() });
  await createEntityMirror({ knex }).replaceAll(services, [], now);
  return {
    knex,
    async drop() {
      await knex.destroy();
      await admin.raw(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.destroy();
    },
  };
}
