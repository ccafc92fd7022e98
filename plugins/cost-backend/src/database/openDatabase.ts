import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';

/** Directory of the migrations of this package. */
export function migrationsDirectory(): string {
  return resolvePackagePath('@headroom/plugin-cost-backend', 'migrations');
}

/**
 * The plugin's database, migrated. Refuses anything but PostgreSQL: partitions,
 * exact 64-bit money and advisory locks come from there.
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  const client = String(knex.client.config.client);
  if (client !== 'pg') {
    throw new ConflictError(
      `Headroom's cost plugin keeps its data in PostgreSQL, but backend.database.client is '${client}'. Set it to 'pg', or set backend.database.plugin.cost.client.`,
    );
  }
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsDirectory() });
  }
  return knex;
}
