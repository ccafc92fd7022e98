import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { noticeFailedConnections, withStatementLimit } from '@headroom/node';

/** A page that takes longer helps nobody, and keeps its connection from others. */
const PAGE_STATEMENT_MS = 20_000;
/** Longer, as scheduled work may wait for another replica's lock. */
const WORK_STATEMENT_MS = 10 * 60_000;

/** One pool of connections, and how long a statement may take. */
export interface CostDatabase {
  /** For whoever waits for an answer: 20 s. */
  pages: Knex;
  /** For scheduled work: 10 minutes. */
  work: Knex;
}

/** Directory of the migrations of this package. */
export function migrationsDirectory(): string {
  return resolvePackagePath('@headroom/plugin-cost-backend', 'migrations');
}

/**
 * The plugin's database, migrated. Refuses anything but PostgreSQL: partitions,
 * exact 64-bit money and advisory locks come from there.
 */
export async function openDatabase(
  database: DatabaseService,
): Promise<CostDatabase> {
  const knex = await database.getClient();
  const client = String(knex.client.config.client);
  if (client !== 'pg') {
    throw new ConflictError(
      `Headroom's cost plugin keeps its data in PostgreSQL, but backend.database.client is '${client}'. Set it to 'pg', or set backend.database.plugin.cost.client.`,
    );
  }
  noticeFailedConnections(knex);
  if (!database.migrations?.skip) {
    // Migrations have no limit, because one may rewrite a table.
    await knex.migrate.latest({ directory: migrationsDirectory() });
  }
  return {
    pages: withStatementLimit(knex, PAGE_STATEMENT_MS),
    work: withStatementLimit(knex, WORK_STATEMENT_MS),
  };
}
