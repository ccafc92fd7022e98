import { createEntityTables, dropEntityTables } from '@headroom/node';
import { Knex } from 'knex';
import { TestPostgres } from '../__testUtils__/database';
import { sqlReport } from '../__testUtils__/sqlReport';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();

/** Columns, constraints and indexes of the tables of a mirror. */
async function mirrorOf(knex: Knex): Promise<string[]> {
  const report = await sqlReport(knex);
  return report
    .split('\n## ')
    .filter(table => /^`cost_(entities|groups|meta)`/.test(table))
    .map(table => table.trim());
}

describe('The tables of the mirror', () => {
  it('are, after all migrations, those that another plugin would get', async () => {
    const migrated = await mirrorOf(await postgres.migrated());
    expect(migrated).toHaveLength(3);
    const knex = await postgres.empty();
    await createEntityTables(knex, 'cost');
    expect(await mirrorOf(knex)).toEqual(migrated);
    await dropEntityTables(knex, 'cost');
    expect(await mirrorOf(knex)).toEqual([]);
  });
});
