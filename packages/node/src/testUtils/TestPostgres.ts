import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';

const ID: TestDatabaseId = 'POSTGRES_18';

/**
 * Databases on the embedded PostgreSQL; fails, rather than skips, when it isn't there.
 *
 * @public
 */
export class TestPostgres {
  readonly #databases = TestDatabases.create({ ids: [ID] });
  readonly #migrate: (knex: Knex) => Promise<unknown>;

  /**
   * Call in the body of a test file: it registers its own clean-up.
   *
   * @param migrate - makes the tables
   */
  static create(migrate: (knex: Knex) => Promise<unknown>): TestPostgres {
    return new TestPostgres(migrate);
  }

  private constructor(migrate: (knex: Knex) => Promise<unknown>) {
    this.#migrate = migrate;
  }

  /** An empty database. */
  async empty(): Promise<Knex> {
    if (!this.#databases.supports(ID)) {
      throw new Error(
        'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING is not set; run the tests with `npm test`',
      );
    }
    return this.#databases.init(ID);
  }

  /** A database with its tables. */
  async migrated(): Promise<Knex> {
    const knex = await this.empty();
    await this.#migrate(knex);
    return knex;
  }
}
