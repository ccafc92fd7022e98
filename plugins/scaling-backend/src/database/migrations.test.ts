import { Knex } from 'knex';
import { TestPostgres } from '../__testUtils__/database';
import { migrationsDirectory } from './openDatabase';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();

async function schema(knex: Knex): Promise<string[]> {
  const { rows } = await knex.raw(
    `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name LIKE 'scaling%'`,
  );
  return rows.map((row: object) => JSON.stringify(row)).sort();
}

describe('migrations', () => {
  it('go up, down and up again', async () => {
    const knex = await postgres.empty();
    const directory = migrationsDirectory();

    await knex.migrate.latest({ directory });
    const first = await schema(knex);
    expect(first.length).toBeGreaterThan(50);

    await knex.migrate.rollback({ directory }, true);
    expect(await schema(knex)).toEqual([]);

    await knex.migrate.latest({ directory });
    expect(await schema(knex)).toEqual(first);
  });
});
