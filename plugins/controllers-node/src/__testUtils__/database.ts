import { createEntityTables } from '@headroom/node';
import { TestPostgres as Databases } from '@headroom/node/testUtils';
import { createControllerTables } from '../tables';

/** Begins the names of the tables in tests. */
export const PREFIX = 'acts';

/** Databases with the tables of an engine and a mirror of entities. */
export const TestPostgres = {
  /** Call in the body of a test file: it registers its own clean-up. */
  create: () =>
    Databases.create(async knex => {
      await createEntityTables(knex, PREFIX);
      await createControllerTables(knex, PREFIX);
    }),
};
