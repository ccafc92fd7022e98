import { addDays, DAY_MS, HOUR_MS } from '@headroom/common';
import { Knex } from 'knex';

/** Sums of a pod's hours that tell how much of a machine it had. */
const HAD = [
  'cpu_micros',
  'memory_micros',
  'gpu_micros',
  'cpu_core_microhours',
  'memory_byte_hours',
  'gpu_device_microhours',
];

const SUMMED = ['cost_machine_days', 'cost_machine_totals'];

/**
 * Replaces who had the machines of a cluster on the days of UTC, as bills have them, that
 * a day of the portal's zone touches, and on the one before them, whose last hour may
 * never have come. A day is summed once it is over, and again when its hours are others;
 * where its pods are gone, or one of its hours knows no machine, what is stored of it
 * stays. Inside the caller's transaction.
 *
 * @param bounds - of the day of the portal's zone, the end is exclusive
 */
export async function rollMachines(
  tx: Knex,
  clusterId: number,
  [start, end]: [Date, Date],
): Promise<void> {
  const last = utcDay(new Date(end.getTime() - 1));
  for (
    let day = addDays(utcDay(start), -1);
    day <= last;
    day = addDays(day, 1)
  ) {
    await rollUtcDay(tx, clusterId, day);
  }
}

/**
 * Forgets who had which machine before a day of UTC. That these days were summed is kept,
 * so that what was found out by them stays as it is.
 */
export async function forgetMachines(knex: Knex, day: string): Promise<void> {
  const clusters = await knex('cost_machine_sums')
    .distinct('cluster_id')
    .where('day', '<', day);
  for (const { cluster_id } of clusters) {
    for (const table of SUMMED) {
      await knex(table).where({ cluster_id }).where('day', '<', day).delete();
    }
  }
}

/** Cluster, first moment of the day, and that of the next one. */
type HoursOfDay = [clusterId: number, start: Date, end: Date];

function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

async function rollUtcDay(
  tx: Knex,
  clusterId: number,
  day: string,
): Promise<void> {
  const start = new Date(`${day}T00:00:00Z`);
  const end = new Date(start.getTime() + DAY_MS);
  const within: HoursOfDay = [clusterId, start, end];
  const whole = { cluster_id: clusterId, day };
  const hours = await hoursOf(tx, within);
  const before = await tx('cost_machine_sums').where(whole).first('hours');
  if (hours === undefined || hours === before?.hours) {
    return;
  }
  const isKnown = await knowsMachines(tx, within);
  await tx('cost_machine_sums')
    .insert({ ...whole, hours, is_known: isKnown })
    .onConflict(['cluster_id', 'day'])
    // What is stored of a day stays, when its hours know less than they did.
    .merge(isKnown ? ['hours', 'is_known'] : ['hours']);
  if (!isKnown) {
    return;
  }
  for (const table of SUMMED) {
    await tx(table).where(whole).delete();
  }
  await tx.raw(
    `INSERT INTO cost_machine_days (cluster_id, day, machine_id, container_id, ${HAD.join(
      ', ',
    )})
     SELECT cluster_id, ?::date, machine_id, container_id, ${HAD.map(
       column => `sum(${column})`,
     ).join(', ')}
     FROM cost_pod_hours WHERE cluster_id = ? AND hour >= ? AND hour < ? AND machine_id IS NOT NULL
     GROUP BY cluster_id, machine_id, container_id`,
    [day, ...within],
  );
  await tx.raw(
    `INSERT INTO cost_machine_totals (cluster_id, day, machine_id, micros)
     SELECT cluster_id, day, machine_id, sum(cpu_micros + memory_micros + gpu_micros) FROM cost_machine_days
     WHERE cluster_id = ? AND day = ?::date GROUP BY cluster_id, day, machine_id`,
    [clusterId, day],
  );
}

/** A text that is another one when the hours of a day are; undefined = the day has none, or is not over. */
async function hoursOf(
  tx: Knex,
  [clusterId, start, end]: HoursOfDay,
): Promise<string | undefined> {
  const isThere = 'cluster_id = ? AND content_hash IS NOT NULL';
  const lastHour = new Date(end.getTime() - HOUR_MS);
  const { rows } = await tx.raw(
    `SELECT md5(string_agg(content_hash, ',' ORDER BY hour)) AS hours FROM cost_ingest_hours
     WHERE ${isThere} AND hour >= ? AND hour < ?
       AND EXISTS (SELECT 1 FROM cost_ingest_hours WHERE ${isThere} AND hour >= ?)`,
    [clusterId, start, end, clusterId, lastHour],
  );
  return rows[0].hours ?? undefined;
}

/** Whether each hour that has pods on nodes knows a machine. */
async function knowsMachines(tx: Knex, within: HoursOfDay): Promise<boolean> {
  const { rows } = await tx.raw(
    `SELECT coalesce(bool_and(told), false) AS "isKnown" FROM (
       SELECT count(machine_id) > 0 AS told FROM cost_pod_hours
       WHERE cluster_id = ? AND hour >= ? AND hour < ? AND node <> '' GROUP BY hour) hours`,
    within,
  );
  return rows[0].isKnown;
}
