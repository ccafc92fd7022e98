import { DatabaseService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { noticeFailedConnections } from './failedConnections';
import { withStatementLimit } from './statementLimit';

/** A page that takes longer helps nobody, and keeps its connection from others. */
const PAGE_STATEMENT_MS = 20_000;
/** Longer, as scheduled work may wait for another replica's lock. */
const WORK_STATEMENT_MS = 10 * 60_000;

/** One pool of connections, and how long a statement may take. @public */
export interface PluginDatabase {
  /** For whoever waits for an answer: 20 s. */
  pages: Knex;
  /** For scheduled work: 10 minutes. */
  work: Knex;
}

/** @public */
export interface PluginDatabaseOptions {
  /** Of the plugin, e.g. `cost`. */
  pluginId: string;
  /** Directory of its migrations. */
  migrations: string;
}

/**
 * A plugin's database, migrated. Refuses anything but PostgreSQL, where locks,
 * partitions and exact 64-bit money come from.
 *
 * @throws ConflictError that names the key which mends it.
 * @public
 */
export async function openPluginDatabase(
  database: DatabaseService,
  { pluginId, migrations }: PluginDatabaseOptions,
): Promise<PluginDatabase> {
  const knex = await database.getClient();
  const client = String(knex.client.config.client);
  if (client !== 'pg') {
    throw new ConflictError(
      `Headroom's ${pluginId} plugin keeps its data in PostgreSQL, but backend.database.client is '${client}'. Set it to 'pg', or set backend.database.plugin.${pluginId}.client.`,
    );
  }
  noticeFailedConnections(knex);
  if (!database.migrations?.skip) {
    // Migrations have no limit, because one may rewrite a table.
    await knex.migrate.latest({ directory: migrations });
  }
  return {
    pages: withStatementLimit(knex, PAGE_STATEMENT_MS),
    work: withStatementLimit(knex, WORK_STATEMENT_MS),
  };
}
