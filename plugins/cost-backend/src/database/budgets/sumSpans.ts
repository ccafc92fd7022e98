import { MOVED, OWN } from '../amounts';
import { ROLLED } from '../rollup/MonthRollup';
import { PARTS } from './scopeParts';

/**
 * What the containers of parts cost in spans of days, as the rows `(container_id, span,
 * own, shared)`; whole months are read as they are kept, where they are still the sum of
 * their days, and the rest by day.
 *
 * Bindings: `spans` as an array of their names, of their starts and of their ends, which
 * are exclusive; then those of {@link PARTS}.
 */
export const SPENT = `
  WITH spans AS MATERIALIZED (
    SELECT * FROM unnest(?::text[], ?::date[], ?::date[]) AS s (span, start_day, end_day)
  ), parts AS MATERIALIZED (
    SELECT * FROM ${PARTS}
  ), kept AS MATERIALIZED (
    SELECT cluster_id, month FROM cost_kept_months k JOIN (
      SELECT cluster_id, date_trunc('month', day)::date AS month, ${ROLLED} AS rolled
      FROM cost_cluster_days
      WHERE cluster_id IN (SELECT cluster_id FROM parts) AND day >= (SELECT date_trunc('month', min(start_day)) FROM spans)
      GROUP BY 1, 2
    ) d USING (cluster_id, month, rolled)
  ), asked AS MATERIALIZED (
    SELECT p.container_id, p.cluster_id, p.is_idle, s.span, r.first_day, r.end_day FROM parts p CROSS JOIN spans s
    CROSS JOIN LATERAL (SELECT greatest(p.from_day, s.start_day) AS first_day, least(p.to_day, s.end_day) AS end_day) r
    WHERE r.first_day < r.end_day
  ), pieces AS MATERIALIZED (
    SELECT r.cluster_id, r.first_day, r.end_day, m.month, greatest(m.month, r.first_day) AS piece_start, least(n.month, r.end_day) AS piece_end,
      k.month IS NOT NULL AND m.month >= r.first_day AND n.month <= r.end_day AS whole
    FROM (SELECT DISTINCT cluster_id, first_day, end_day FROM asked) r
    CROSS JOIN LATERAL generate_series(date_trunc('month', r.first_day::timestamp), (r.end_day - 1)::timestamp, interval '1 month') AS g (at)
    CROSS JOIN LATERAL (SELECT g.at::date AS month) m
    CROSS JOIN LATERAL (SELECT (g.at + interval '1 month')::date AS month) n
    LEFT JOIN kept k ON k.cluster_id = r.cluster_id AND k.month = m.month
  ), whole_months AS MATERIALIZED (
    SELECT cluster_id, first_day, end_day, array_agg(month) AS months FROM pieces WHERE whole GROUP BY 1, 2, 3
  ), spent AS (
    SELECT t.container_id, t.span, sum(t.own) FILTER (WHERE NOT t.is_idle) AS own, sum(t.shared) AS shared
    FROM (
      -- A sum for each container, so that it is looked up by index however many rows PostgreSQL expects.
      SELECT a.container_id, a.span, a.is_idle, m.own, m.shared
      FROM asked a JOIN whole_months w USING (cluster_id, first_day, end_day) CROSS JOIN LATERAL (
        SELECT sum(m.own_micros) AS own, sum(m.shared_micros) AS shared FROM cost_months m
        WHERE m.container_id = a.container_id AND m.month = ANY (w.months)) m
      UNION ALL
      SELECT a.container_id, a.span, a.is_idle, d.own, d.shared
      FROM asked a JOIN pieces p USING (cluster_id, first_day, end_day) CROSS JOIN LATERAL (
        SELECT sum(${OWN}) AS own, sum(${OWN} + ${MOVED}) AS shared FROM cost_days d
        WHERE d.container_id = a.container_id AND d.day >= p.piece_start AND d.day < p.piece_end) d
      WHERE NOT p.whole
    ) t WHERE t.shared IS NOT NULL GROUP BY 1, 2
  )`;
