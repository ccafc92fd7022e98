import { TestPostgres } from '../__testUtils__/database';
import { migrationsDirectory } from './openDatabase';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const NAME = '20261128101700_gpu_power.js';

it('keeps the power of hours that are stored, and what it can of a day on the way back', async () => {
  const knex = await postgres.migrated();
  const directory = migrationsDirectory();
  await knex.migrate.down({ directory, name: NAME });
  await knex.raw(`INSERT INTO cost_clusters (name) VALUES ('c1')`);
  const slots = `'\\x${'00'.repeat(24)}'::bytea`;
  await knex.raw(
    `CREATE TABLE cost_gpu_hours_test PARTITION OF cost_gpu_hours
     FOR VALUES FROM ('2026-01-01Z') TO ('2026-02-01Z')`,
  );
  await knex.raw(
    `INSERT INTO cost_gpu_hours (cluster_id, hour, device_id, busy, memory, power_watts, readings, set_aside, tenants)
     SELECT 1, hour, 7, ${slots}, ${slots}, watts, 12, '{}', '[]'
     FROM (VALUES ('2026-01-09T00:00Z'::timestamptz, 80.5), ('2026-01-09T02:00Z', 640), ('2026-01-09T03:00Z', NULL)) AS h (hour, watts)`,
  );
  await knex.raw(
    `INSERT INTO cost_gpu_days (device_id, day, cluster_id, starts_at, hours, busy, memory, seen,
       held_seconds, power_watts, bases, readings, set_aside)
     SELECT 7, day::date, 1, day, 4, ${slots}, ${slots}, array_fill(true, ARRAY[4]),
       array_fill(0, ARRAY[4]), 360.25, '{}', 12, '{}'
     FROM (VALUES ('2026-01-09T00:00Z'::timestamptz), ('2026-01-08T00:00Z')) AS d (day)`,
  );

  await knex.migrate.up({ directory, name: NAME });
  expect(
    await knex('cost_gpu_days')
      .orderBy('day')
      .select('watts', 'powered_seconds'),
  ).toEqual([
    // Its hours are gone: a mean of the day says nothing of them.
    {
      watts: [null, null, null, null],
      powered_seconds: [null, null, null, null],
    },
    {
      watts: [80.5, null, 640, null],
      powered_seconds: [3600, null, 3600, null],
    },
  ]);

  await knex.migrate.down({ directory, name: NAME });
  expect(
    await knex('cost_gpu_days').orderBy('day').select('power_watts'),
  ).toEqual([{ power_watts: null }, { power_watts: 360.25 }]);
});
