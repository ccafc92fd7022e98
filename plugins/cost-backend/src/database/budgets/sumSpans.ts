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
    SELECT p.container_id, p.is_idle, s.span, greatest(m.month, r.first_day) AS first_day, least(n.month, r.end_day) AS end_day,
      m.month, k.month IS NOT NULL AND m.month >= r.first_day AND n.month <= r.end_day AS whole
    FROM parts p CROSS JOIN spans s
    CROSS JOIN LATERAL (SELECT greatest(p.from_day, s.start_day) AS first_day, least(p.to_day, s.end_day) AS end_day) r
    CROSS JOIN LATERAL generate_series(date_trunc('month', r.first_day::timestamp), (r.end_day - 1)::timestamp, interval '1 month') AS g (at)
    CROSS JOIN LATERAL (SELECT g.at::date AS month) m
    CROSS JOIN LATERAL (SELECT (g.at + interval '1 month')::date AS month) n
    LEFT JOIN kept k ON k.cluster_id = p.cluster_id AND k.month = m.month
    WHERE r.first_day < r.end_day
  ), spent AS (
    SELECT a.container_id, a.span, sum(t.own) FILTER (WHERE NOT a.is_idle) AS own, sum(t.shared) AS shared
    FROM asked a CROSS JOIN LATERAL (
      -- One of both; a sum for each, so that it is looked up by index however many rows PostgreSQL expects.
      SELECT sum(m.own_micros) AS own, sum(m.shared_micros) AS shared FROM cost_months m
      WHERE a.whole AND m.container_id = a.container_id AND m.month = a.month
      UNION ALL
      SELECT sum(${OWN}), sum(${OWN} + ${MOVED}) FROM cost_days d
      WHERE NOT a.whole AND d.container_id = a.container_id AND d.day >= a.first_day AND d.day < a.end_day
    ) t WHERE t.shared IS NOT NULL GROUP BY 1, 2
  )`;
