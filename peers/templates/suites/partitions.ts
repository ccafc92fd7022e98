/**
 * The partitions of a table, by each generation of pg_partman: the repository's own test
 * (`tests/run.sh`), and maintenance that comes by itself.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database, Finished, peer, run } from './peer';
import { environmentWith } from './python';
import { programSets, RenderedSet } from './rendered';

/** Each interval, type and way of maintenance once, and what is no grid. */
const DIAGONAL = [
  'day-controlType-timestamptz-maintenance-pg-cron',
  'week-controlType-timestamp-maintenance-background-worker',
  'month-controlType-date-maintenance-own',
];
const CHOSEN = (answers: string) =>
  !answers.startsWith('interval-') ||
  DIAGONAL.some(each => answers === `interval-${each}`);
const sets = programSets('postgres-partitions').filter(({ answers }) =>
  CHOSEN(answers),
);
const SERVERS_MAINTAIN = {
  pg_cron: sets.find(({ answers }) => answers.endsWith('pg-cron')),
  'the background worker': sets.find(({ answers }) =>
    answers.endsWith('background-worker'),
  ),
};
/** The pg_partman whose background worker can't be relied on; the template's page says so. */
const UNSTEADY_WORKER = '5.2';
/** pg_cron looks once a minute; a busy machine may take its time. */
const MAINTAINED_WITHIN_MS = 5 * 60_000;

const EMPTY = `
  SET client_min_messages TO warning;
  DROP EXTENSION IF EXISTS pg_partman CASCADE;
  DO $$
  DECLARE
    made text;
  BEGIN
    -- Its scheduler would go on with the jobs of a pg_cron that was dropped.
    IF to_regclass('cron.job') IS NOT NULL THEN
      DELETE FROM cron.job;
      DELETE FROM cron.job_run_details;
    END IF;
    FOR made IN
      SELECT oid::regnamespace::text FROM pg_namespace
       WHERE nspname !~ '^pg_' AND nspname NOT IN ('public', 'information_schema', 'cron')
    LOOP
      EXECUTE format('DROP SCHEMA %s CASCADE', made);
    END LOOP;
  END
  $$`;

class Server {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  #run(command: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) {
    const env = environmentWith({ ...this.#database.environment, ...more });
    return run(command, args, { env });
  }

  psql(...args: string[]): Promise<Finished> {
    return this.#run('psql', ['-XqAt', '-v', 'ON_ERROR_STOP=1', ...args]);
  }

  async query(...statements: string[]): Promise<string> {
    const { code, output, errors } = await this.psql(
      ...statements.flatMap(statement => ['-c', statement]),
    );
    assert.equal(code, 0, errors);
    return output.trim();
  }

  file({ folder }: RenderedSet, file: string): Promise<Finished> {
    return this.psql('-f', path.join(folder, file));
  }

  script({ folder }: RenderedSet, file: string): Promise<Finished> {
    return this.#run('sh', [path.join(folder, file)]);
  }

  /**
   * The database as it was before anything. It stays itself, as the workers of pg_cron
   * and pg_partman live in it and would end with it.
   */
  async empty(): Promise<void> {
    await this.query(EMPTY);
    const name = this.#database.environment.PGDATABASE;
    await this.query(`ALTER ROLE CURRENT_USER IN DATABASE ${name} RESET ALL`);
  }
}

function succeeds({ code, output, errors }: Finished): string {
  assert.equal(code, 0, `${output}${errors}`);
  return output;
}

const numbers = (version: string) => version.split('.').map(Number);

/** The bounds of all partitions of all tables, as UTC has them. */
const BOUNDS = `SET timezone TO 'UTC';
  SELECT pg_get_expr(c.relpartbound, c.oid) FROM pg_class c
   WHERE c.relispartition AND pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT'`;

async function beginsAtMidnight(server: Server): Promise<void> {
  const bounds = (await server.query(BOUNDS)).split('\n');
  assert.ok(bounds.length > 2);
  for (const bound of bounds) {
    // A day; or a time, which is midnight, in UTC where it has a zone.
    assert.match(
      bound,
      /^FOR VALUES FROM \('[-\d]+( 00:00:00(\+00)?)?'\) TO \('[-\d]+( 00:00:00(\+00)?)?'\)$/,
    );
  }
}

// They wait for their clocks more than they work.
describe('partitions', { concurrency: true }, () => {
  for (const database of peer.databases) {
    // What runs at once is inherited, and here one follows the other.
    describe(`PostgreSQL ${database.postgres}`, { concurrency: 1 }, () => {
      const server = new Server(database);

      it(`has pg_partman ${database.partman} or newer`, async () => {
        const version = await server.psql(
          ...['-d', 'postgres', '-c'],
          `SELECT default_version FROM pg_available_extensions WHERE name = 'pg_partman'`,
        );
        const [major, minor] = numbers(succeeds(version).trim());
        const [wanted, least] = numbers(database.partman);
        assert.equal(major, wanted);
        assert.ok(minor >= least, `it is ${major}.${minor}`);
      });

      for (const set of sets) {
        it(`passes the test of ${set.title}`, async () => {
          await server.empty();
          const said = succeeds(await server.script(set, 'tests/run.sh'));
          assert.equal(said.match(/^ok /gm)?.length, 4);
          await beginsAtMidnight(server);
        });
      }

      for (const [who, set] of Object.entries(SERVERS_MAINTAIN)) {
        // Its worker ends now and then with "cannot drop portal … while it is being set up".
        const isUnsteady =
          who !== 'pg_cron' && database.partman === UNSTEADY_WORKER;
        it(`is maintained by ${who}`, { skip: isUnsteady }, async () => {
          assert.ok(set);
          await server.empty();
          succeeds(await server.script(set, 'migrate.sh'));
          succeeds(await server.file(set, 'tests/standstill.sql'));
          const { code, errors } = await server.file(set, 'checks.sql');
          assert.equal(code, 3);
          assert.match(errors, /maintenance stands still/);
          if (who === 'pg_cron') {
            await server.query(
              `SELECT cron.schedule(jobname, '* * * * *', command) FROM cron.job`,
            );
          } else {
            await server.query(
              'ALTER SYSTEM SET pg_partman_bgw.interval = 1',
              'SELECT pg_reload_conf()',
            );
          }
          let last;
          const until = Date.now() + MAINTAINED_WITHIN_MS;
          do {
            await sleep(500);
            last = await server.file(set, 'checks.sql');
          } while (last.code !== 0 && Date.now() < until);
          succeeds(last);
          await beginsAtMidnight(server);
          await server.query(
            'ALTER SYSTEM RESET pg_partman_bgw.interval',
            'SELECT pg_reload_conf()',
          );
        });
      }

      it('takes pg_partman from the schema that it is in', async () => {
        const [set] = sets;
        await server.empty();
        await server.query(
          'CREATE SCHEMA elsewhere',
          'CREATE EXTENSION pg_partman SCHEMA elsewhere',
        );
        succeeds(await server.script(set, 'tests/run.sh'));
      });

      it('refuses what can not be mended in place', async () => {
        const day = sets.find(({ answers }) =>
          answers.includes('interval-day'),
        )!;
        const month = sets.find(({ answers }) => answers.includes('little'))!;
        await server.empty();
        succeeds(await server.script(day, 'migrate.sh'));
        const changed = await server.script(month, 'migrate.sh');
        assert.equal(changed.code, 3);
        assert.match(changed.errors, /cannot be changed in place/);

        await server.empty();
        await server.query(
          'CREATE SCHEMA app',
          'CREATE TABLE app.events (id int)',
        );
        const there = await server.script(day, 'migrate.sh');
        assert.equal(there.code, 3);
        assert.match(there.errors, /is there and has no partitions/);
      });
    });
  }
});
