import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { openPluginDatabase, PluginDatabase } from '@headroom/node';

/** Begins the names of all tables. */
export const PREFIX = 'scaling';

/** Directory of the migrations of this package. */
export function migrationsDirectory(): string {
  return resolvePackagePath('@headroom/plugin-scaling-backend', 'migrations');
}

/** The plugin's database, migrated. */
export async function openDatabase(
  database: DatabaseService,
): Promise<PluginDatabase> {
  return openPluginDatabase(database, {
    pluginId: 'scaling',
    migrations: migrationsDirectory(),
  });
}
