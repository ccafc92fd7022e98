import { AnomalyRow } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { ANOMALY_COLUMNS, StoredRow, toRow } from '../AnomalyReportStore';
import { takeOldest } from './takeOldest';

/** That an incident began or is over, on its way to who is told. */
export interface AnomalyEvent {
  kind: 'opened' | 'closed';
  at: string;
  /** Name of the service or team for people. */
  title: string;
  /** As it is by now. */
  anomaly: Omit<AnomalyRow, 'sentence'>;
}

/** Part of a team's excess above which one service is what the team's incident is about. */
const MOST_OF_IT = 0.8;

/**
 * Notes which incidents began or ended since it was last noted: what people were told of
 * last is compared with what is. An incident that was over when it was found is history
 * and nothing to tell. One of a team is silent while one of a service says it, which is open, expected by
 * somebody, or over with the same days:
 * a service that the team owns, so that the same people are told, and that is most of it.
 */
export async function noteAnomalyEvents(tx: Knex, at: Date): Promise<void> {
  await tx.raw(
    `INSERT INTO cost_anomaly_events (anomaly_id, kind, at, silent, taken_at)
     SELECT n.id, n.kind, ?::timestamptz, n.silent, CASE WHEN n.silent THEN ?::timestamptz END
     FROM (
       SELECT a.id, CASE WHEN a.closed_at IS NULL THEN 'opened' ELSE 'closed' END AS kind,
         CASE WHEN a.closed_at IS NULL THEN said.elsewhere ELSE told.silent END AS silent
       FROM cost_anomalies a
       LEFT JOIN LATERAL (
         SELECT e.kind, e.silent FROM cost_anomaly_events e WHERE e.anomaly_id = a.id ORDER BY e.id DESC LIMIT 1) told ON true
       CROSS JOIN LATERAL (
         SELECT a.kind = 'team' AND EXISTS (
           SELECT 1 FROM jsonb_array_elements(a.causes) c
           JOIN cost_anomalies s ON s.entity_ref = c ->> 'entityRef' AND s.first_day <= a.last_day
             AND s.ended IS DISTINCT FROM 'restated'
             AND coalesce(s.expected_until, s.last_day) >= CASE WHEN s.closed_at IS NULL THEN a.first_day ELSE a.last_day END
           JOIN cost_entities e ON e.entity_ref = s.entity_ref AND e.owner_refs @> ARRAY[a.entity_ref]
           WHERE (c ->> 'change')::numeric >= ${MOST_OF_IT} * (a.actual_micros - coalesce(a.expected_micros, 0))
         ) AS elsewhere) said
       WHERE CASE WHEN a.closed_at IS NULL
         THEN told.kind IS DISTINCT FROM 'opened' OR (told.silent AND NOT said.elsewhere)
         ELSE told.kind = 'opened' END
     ) n ORDER BY n.id`,
    [at, at],
  );
}

/** Takes events as {@link takeOldest} does. */
export async function takeAnomalyEvents(
  tx: Knex,
  limit: number,
  now: Date,
): Promise<AnomalyEvent[]> {
  const rows = await takeOldest<
    StoredRow & { event: AnomalyEvent['kind']; at: Date; title: string }
  >(tx, {
    table: 'cost_anomaly_events',
    columns: `e.kind AS event, e.at, coalesce(c.title, c.name, a.entity_ref) AS title, ${ANOMALY_COLUMNS}`,
    from: `JOIN cost_anomalies a ON a.id = e.anomaly_id
      LEFT JOIN cost_entities c ON c.entity_ref = a.entity_ref`,
    limit,
    now,
  });
  return rows.map(row => ({
    kind: row.event,
    at: row.at.toISOString(),
    title: row.title,
    anomaly: toRow(row),
  }));
}
