import { Knex } from 'knex';
import { DateTime } from 'luxon';
import { textArray } from '@headroom/node';

/** Tables that hold hours; partitioned by UTC month. */
export const HOUR_TABLES = [
  'cost_hours',
  'cost_node_hours',
  'cost_unit_hours',
  'cost_level_hours',
  'cost_usage_hours',
  'cost_gpu_hours',
  'cost_pod_hours',
] as const;

/** Creates the month's partitions that don't exist yet. */
export async function ensurePartitions(knex: Knex, hour: Date): Promise<void> {
  const month = DateTime.fromJSDate(hour, { zone: 'utc' }).startOf('month');
  const suffix = month.toFormat('yyyy_MM');
  // All of them: a table may be younger than the month.
  const { rows } = await knex.raw(
    'SELECT bool_and(to_regclass(name) IS NOT NULL) AS found FROM unnest(?::text[]) AS t (name)',
    [textArray(HOUR_TABLES.map(table => `${table}_${suffix}`))],
  );
  if (rows[0].found) {
    return;
  }
  await knex.transaction(async tx => {
    // IF NOT EXISTS alone still fails when two replicas race.
    await tx.raw(
      "SELECT pg_advisory_xact_lock(hashtext('headroom-cost-partitions'))",
    );
    for (const table of HOUR_TABLES) {
      await tx.raw(
        `CREATE TABLE IF NOT EXISTS ${table}_${suffix} PARTITION OF ${table}
         FOR VALUES FROM ('${month.toISO()}') TO ('${month
          .plus({ months: 1 })
          .toISO()}')`,
      );
    }
  });
}

/**
 * Drops partitions whose every hour is before `before`, of all tables unless some
 * are named. Daily rollups stay.
 * @returns the names of what was dropped.
 */
export async function dropPartitionsBefore(
  knex: Knex,
  before: Date,
  tables: readonly (typeof HOUR_TABLES)[number][] = HOUR_TABLES,
): Promise<string[]> {
  const limit = DateTime.fromJSDate(before, { zone: 'utc' }).startOf('month');
  const dropped: string[] = [];
  for (const table of tables) {
    const { rows } = await knex.raw(
      `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE i.inhparent = to_regclass(?)`,
      [table],
    );
    for (const { name } of rows as Array<{ name: string }>) {
      const month = DateTime.fromFormat(
        name.slice(table.length + 1),
        'yyyy_MM',
        { zone: 'utc' },
      );
      if (month.isValid && month < limit) {
        await knex.raw('DROP TABLE IF EXISTS ??', [name]);
        dropped.push(name);
      }
    }
  }
  return dropped;
}

/** Start of the oldest month that still has hours; undefined = no hours at all. */
export async function oldestPartition(knex: Knex): Promise<Date | undefined> {
  const { rows } = await knex.raw(
    `SELECT min(c.relname) AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = to_regclass('cost_hours')`,
  );
  const name: string | null = rows[0].name;
  return name
    ? DateTime.fromFormat(name.slice('cost_hours_'.length), 'yyyy_MM', {
        zone: 'utc',
      }).toJSDate()
    : undefined;
}
