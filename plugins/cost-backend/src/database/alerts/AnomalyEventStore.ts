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

/**
 * Notes which incidents began or ended since it was last noted: what people were told of
 * last is compared with what is. An incident that was over when it was found is history
 * and nothing to tell.
 */
export async function noteAnomalyEvents(tx: Knex, at: Date): Promise<void> {
  await tx.raw(
    `INSERT INTO cost_anomaly_events (anomaly_id, kind, at)
     SELECT a.id, CASE WHEN a.closed_at IS NULL THEN 'opened' ELSE 'closed' END, ?::timestamptz
     FROM cost_anomalies a LEFT JOIN LATERAL (
       SELECT e.kind FROM cost_anomaly_events e WHERE e.anomaly_id = a.id ORDER BY e.id DESC LIMIT 1) told ON true
     WHERE CASE WHEN a.closed_at IS NULL THEN told.kind IS DISTINCT FROM 'opened' ELSE told.kind = 'opened' END
     ORDER BY a.id`,
    [at],
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
