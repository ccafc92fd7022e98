import { OF_MACHINES } from './billItems';

/**
 * The machines that a billing period `?` has charges of, as common tables:
 *
 * - `billed_machines`, with the days that each is charged for, both inclusive; those of
 *   corrections, which are of earlier months, where there is nothing else;
 * - `known_machines`, of which it is known who had them on all of these days, but for the
 *   newest that are not summed yet, with what they were estimated to cost;
 * - `pooled_kinds`, what the others are: of one cluster, region and capacity type, with
 *   the days of the period that they are charged for.
 *
 * The page and the export read the same ones, so that they say the same.
 */
export const BILLED_MACHINES = `
  billed_machines AS MATERIALIZED (
    SELECT i.period, m.id AS machine_id, m.machine, m.cluster_id, m.region, m.capacity_type,
      coalesce(min(i.first_day) FILTER (WHERE NOT i.correction), min(i.first_day)) AS first_day,
      coalesce(max(i.last_day) FILTER (WHERE NOT i.correction), max(i.last_day)) AS last_day
    FROM ${OF_MACHINES} WHERE i.period = ?::date GROUP BY 1, 2, 3, 4, 5, 6
  ), summed_days AS MATERIALIZED (
    SELECT cluster_id, day FROM cost_machine_sums
    WHERE is_known AND day >= (SELECT min(first_day) FROM billed_machines) AND day <= (SELECT max(last_day) FROM billed_machines)
  ), known_machines AS MATERIALIZED (
    SELECT b.machine_id, b.first_day, b.last_day, t.micros
    FROM billed_machines b
    CROSS JOIN LATERAL (
      SELECT sum(t.micros)::numeric AS micros FROM cost_machine_totals t
      WHERE t.machine_id = b.machine_id AND t.day >= b.first_day AND t.day <= b.last_day) t
    CROSS JOIN LATERAL (
      SELECT count(*) AS days, max(s.day) AS newest FROM summed_days s
      WHERE s.cluster_id = b.cluster_id AND s.day >= b.first_day AND s.day <= b.last_day) s
    WHERE t.micros > 0 AND s.days = s.newest - b.first_day + 1
      -- Newer days are not summed yet, and there is none that was left out.
      AND (s.newest = b.last_day OR NOT EXISTS (
        SELECT 1 FROM cost_machine_sums n WHERE n.cluster_id = b.cluster_id AND n.day > s.newest AND n.is_known))
  ), pooled_kinds AS MATERIALIZED (
    SELECT cluster_id, region, capacity_type, max(last_day) AS last_day,
      CASE WHEN max(last_day) < min(period) THEN min(first_day) ELSE greatest(min(first_day), min(period)) END AS first_day
    FROM billed_machines b WHERE NOT EXISTS (SELECT 1 FROM known_machines k WHERE k.machine_id = b.machine_id)
    GROUP BY 1, 2, 3
  )`;
