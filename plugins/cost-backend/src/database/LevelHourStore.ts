import { slices } from '@headroom/node';
import { LatencyCounts } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';

/** What requests were like in one hour, of an entity or of a workload; the other is empty. */
export interface StoredLevel {
  entityRef: string;
  namespace: string;
  workload: string;
  requests: number;
  errors?: number;
  latency?: LatencyCounts;
}

/** Service levels by hour; hours are replaced whole, inside the caller's transaction. */
export class LevelHourStore {
  static create() {
    return new LevelHourStore();
  }

  private constructor() {}

  async replace(
    tx: Knex,
    clusterId: number,
    hour: Date,
    levels: readonly StoredLevel[],
  ): Promise<void> {
    await tx('cost_level_hours')
      .where({ cluster_id: clusterId, hour })
      .delete();
    for await (const slice of slices(levels)) {
      await tx.raw(
        `INSERT INTO cost_level_hours (cluster_id, hour, entity_ref, namespace, workload, requests, errors, latency)
         SELECT ?::integer, ?::timestamptz, l."entityRef", l.namespace, l.workload, l.requests, l.errors, l.latency
         FROM jsonb_to_recordset(?::jsonb) AS l (
           "entityRef" text, namespace text, workload text, requests double precision, errors double precision, latency jsonb)`,
        [clusterId, hour, JSON.stringify(slice)],
      );
    }
  }

  /** Replaces a day by the sum of its hours. */
  async roll(
    tx: Knex,
    clusterId: number,
    day: string,
    bounds: [start: Date, end: Date],
  ): Promise<void> {
    await tx('cost_level_days').where({ cluster_id: clusterId, day }).delete();
    await tx.raw(
      `WITH hours AS MATERIALIZED (
         SELECT * FROM cost_level_hours WHERE cluster_id = ? AND hour >= ? AND hour < ?
       ), counts AS (
         SELECT entity_ref, namespace, workload, b.key AS bound, sum(b.value::double precision) AS count
         FROM hours, jsonb_each_text(latency) AS b GROUP BY 1, 2, 3, 4
       ), buckets AS (
         SELECT entity_ref, namespace, workload, jsonb_object_agg(bound, count) AS latency FROM counts GROUP BY 1, 2, 3
       ), sums AS (
         SELECT entity_ref, namespace, workload, count(*) AS hours, sum(requests) AS requests,
           CASE WHEN bool_and(errors IS NOT NULL OR requests = 0) THEN coalesce(sum(errors), 0) END AS errors,
           bool_and(latency IS NOT NULL OR requests = 0) AS is_known
         FROM hours GROUP BY 1, 2, 3
       )
       INSERT INTO cost_level_days (cluster_id, day, entity_ref, namespace, workload, hours, requests, errors, latency)
       SELECT ?::integer, ?::date, s.entity_ref, s.namespace, s.workload, s.hours, s.requests, s.errors,
         CASE WHEN s.is_known THEN b.latency END
       FROM sums s LEFT JOIN buckets b USING (entity_ref, namespace, workload)`,
      [clusterId, ...bounds, clusterId, day],
    );
  }
}
