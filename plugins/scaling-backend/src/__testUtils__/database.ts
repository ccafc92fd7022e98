import { TestPostgres as Databases } from '@headroom/node/testUtils';
import { migrationsDirectory } from '../database/openDatabase';

/** Databases with the plugin's tables. */
export const TestPostgres = {
  /** Call in the body of a test file: it registers its own clean-up. */
  create: () =>
    Databases.create(knex =>
      knex.migrate.latest({ directory: migrationsDirectory() }),
    ),
};
