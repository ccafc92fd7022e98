/**
 * Writes report.sql.md, which a test holds against the migrations: `yarn
 * sql-report` gives it an empty PostgreSQL of its own.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import knexFactory from 'knex';
import { sqlReport } from '../src/__testUtils__/sqlReport';
import { migrationsDirectory } from '../src/database/openDatabase';

async function main(): Promise<void> {
  const knex = knexFactory({
    client: 'pg',
    connection: process.env.HEADROOM_REPORT_DATABASE,
  });
  try {
    await knex.migrate.latest({ directory: migrationsDirectory() });
    writeFileSync(
      resolve(migrationsDirectory(), '../report.sql.md'),
      await sqlReport(knex),
    );
  } finally {
    await knex.destroy();
  }
}

main().catch(error => {
  process.stderr.write(`sql-report: ${error?.stack ?? error}\n`);
  process.exitCode = 1;
});
