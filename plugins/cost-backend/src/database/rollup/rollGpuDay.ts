import { Knex } from 'knex';

/**
 * Replaces what GPU devices did on one day by its hours; inside the caller's
 * transaction. A slot of an hour that is a gap is not known.
 */
export async function rollGpuDay(
  tx: Knex,
  clusterId: number,
  day: string,
  { start, end, hours }: { start: Date; end: Date; hours: number },
): Promise<void> {
  for (const table of ['cost_gpu_days', 'cost_gpu_tenant_days']) {
    await tx(table).where({ cluster_id: clusterId, day }).delete();
  }
  // Twelve slots of two bytes where there was no such hour.
  const gap = `\\x${'00'.repeat(24)}`;
  const hoursOfDay = `generate_series(?::timestamptz, ?::timestamptz - interval '1 hour', interval '1 hour')`;
  await tx.raw(
    `INSERT INTO cost_gpu_days (device_id, day, cluster_id, starts_at, hours, busy, memory,
       memory_peak_bytes, seen, held_seconds, watts, powered_seconds, bases, readings, set_aside)
     SELECT d.device_id, ?::date, ?::integer, ?::timestamptz, ?::smallint,
       string_agg(coalesce(g.busy, ?::bytea), ''::bytea ORDER BY t.hour),
       string_agg(coalesce(g.memory, ?::bytea), ''::bytea ORDER BY t.hour),
       max(g.memory_peak_bytes),
       array_agg(g.device_id IS NOT NULL ORDER BY t.hour),
       array_agg(g.held_seconds ORDER BY t.hour),
       array_agg(g.power_watts::real ORDER BY t.hour),
       array_agg(g.powered_seconds::real ORDER BY t.hour),
       (SELECT coalesce(jsonb_object_agg(b.basis, b.hours), '{}') FROM (
          SELECT basis, count(*) AS hours FROM cost_gpu_hours
          WHERE cluster_id = ? AND hour >= ? AND hour < ? AND device_id = d.device_id AND basis IS NOT NULL
          GROUP BY basis) b),
       sum(coalesce(g.readings, 0)),
       (SELECT coalesce(jsonb_object_agg(f.fault, f.count), '{}') FROM (
          SELECT s.key AS fault, sum(s.value::integer) AS count
          FROM cost_gpu_hours h, jsonb_each_text(h.set_aside) s
          WHERE h.cluster_id = ? AND h.hour >= ? AND h.hour < ? AND h.device_id = d.device_id
          GROUP BY s.key) f)
     FROM (SELECT DISTINCT device_id FROM cost_gpu_hours WHERE cluster_id = ? AND hour >= ? AND hour < ?) d
     CROSS JOIN ${hoursOfDay} AS t (hour)
     LEFT JOIN cost_gpu_hours g ON g.cluster_id = ? AND g.hour = t.hour AND g.device_id = d.device_id
     GROUP BY d.device_id`,
    [
      ...[day, clusterId, start, hours, gap, gap],
      ...[clusterId, start, end],
      ...[clusterId, start, end],
      ...[clusterId, start, end],
      ...[start, end],
      clusterId,
    ],
  );
  await tx.raw(
    `INSERT INTO cost_gpu_tenant_days (device_id, day, container_id, cluster_id, held_seconds, share)
     SELECT p.device_id, ?::date, p.container_id, ?::integer,
       array_agg(coalesce(x.held, 0) ORDER BY t.hour),
       sum(x.share * x.held ORDER BY t.hour) FILTER (WHERE x.share IS NOT NULL)
         / nullif(sum(x.held ORDER BY t.hour) FILTER (WHERE x.share IS NOT NULL), 0)
     FROM (
       SELECT DISTINCT h.device_id, (e ->> 'containerId')::integer AS container_id
       FROM cost_gpu_hours h, jsonb_array_elements(h.tenants) e
       WHERE h.cluster_id = ? AND h.hour >= ? AND h.hour < ?) p
     CROSS JOIN ${hoursOfDay} AS t (hour)
     LEFT JOIN LATERAL (
       SELECT (e ->> 'heldSeconds')::double precision AS held, (e ->> 'share')::double precision AS share
       FROM cost_gpu_hours h, jsonb_array_elements(h.tenants) e
       WHERE h.cluster_id = ? AND h.hour = t.hour AND h.device_id = p.device_id
         AND (e ->> 'containerId')::integer = p.container_id) x ON true
     GROUP BY p.device_id, p.container_id`,
    [
      ...[day, clusterId],
      ...[clusterId, start, end],
      ...[start, end],
      clusterId,
    ],
  );
}
