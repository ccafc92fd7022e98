import {
  CompletionRowFacts,
  LatencyCounts,
  ServiceLevelFacts,
  ServiceLevelSeries,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { Compared, ComparedDays, DAYS, daysOf } from '../reviews/ComparedDays';

interface LevelRow {
  entity_id: number;
  is_before: boolean;
  series: ServiceLevelSeries[];
  requests: number;
  errors: number | null;
  latency: LatencyCounts | null;
}

/** What completion reports are made of. For the plugin's own work: it asks of everything. */
export class CompletionInputStore {
  readonly #knex: Knex;

  static create({ knex }: { knex: Knex }) {
    return new CompletionInputStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Whether any of these days has still to be summed. */
  async isDirty(days: Compared): Promise<boolean> {
    const { rows } = await this.#knex.raw(
      `SELECT EXISTS (SELECT 1 FROM cost_dirty_days d JOIN ${DAYS} w ON w.day = d.day) AS dirty`,
      daysOf(days),
    );
    return rows[0].dirty;
  }

  /** Rows of a report: four queries, however many services there are. */
  async rows(days: Compared): Promise<CompletionRowFacts[]> {
    const compared = await ComparedDays.create({ knex: this.#knex }).rows(days);
    const levels = await this.#levels(days);
    return compared.map(({ entityId, facts }) => {
      const found = entityId === undefined ? undefined : levels.get(entityId);
      return { ...facts, ...(found && { levels: found }) };
    });
  }

  /** Service levels of services, by their own name and by that of their workloads, wherever they run. */
  async #levels(
    days: Compared,
  ): Promise<Map<string, NonNullable<CompletionRowFacts['levels']>>> {
    const { rows } = await this.#knex.raw(
      `WITH span AS MATERIALIZED (SELECT * FROM ${DAYS} d
       ), places AS MATERIALIZED (
         SELECT DISTINCT l.entity_id, c.cluster_id, c.namespace, c.workload
         FROM cost_links l JOIN cost_containers c ON c.id = l.container_id
       ), found AS MATERIALIZED (
         SELECT e.id AS entity_id, s.is_before, concat_ws('/', v.cluster_id, v.namespace, v.workload) AS key,
           v.hours, v.requests, v.errors, v.latency
         FROM cost_level_days v JOIN span s USING (day) JOIN cost_entities e ON e.entity_ref = v.entity_ref
         UNION ALL
         SELECT p.entity_id, s.is_before, concat_ws('/', v.cluster_id, v.namespace, v.workload),
           v.hours, v.requests, v.errors, v.latency
         FROM cost_level_days v JOIN span s USING (day) JOIN places p USING (cluster_id, namespace, workload)
         WHERE v.entity_ref = ''
       ), counts AS (
         SELECT entity_id, is_before, b.key AS bound, sum(b.value::double precision) AS count
         FROM found, jsonb_each_text(latency) AS b GROUP BY 1, 2, 3
       ), buckets AS (
         SELECT entity_id, is_before, jsonb_object_agg(bound, count) AS latency FROM counts GROUP BY 1, 2
       ), workloads AS (
         SELECT entity_id, is_before, key, sum(hours) AS hours, sum(requests) AS requests FROM found GROUP BY 1, 2, 3
       ), series AS (
         SELECT entity_id, is_before,
           jsonb_agg(jsonb_build_object('key', key, 'hours', hours, 'requests', requests) ORDER BY key) AS series
         FROM workloads GROUP BY 1, 2
       ), sums AS (
         SELECT entity_id, is_before, sum(requests) AS requests,
           CASE WHEN bool_and(errors IS NOT NULL OR requests = 0) THEN coalesce(sum(errors), 0) END AS errors,
           bool_and(latency IS NOT NULL OR requests = 0) AS is_known
         FROM found GROUP BY 1, 2
       )
       SELECT s.entity_id, s.is_before, w.series, s.requests, s.errors, CASE WHEN s.is_known THEN b.latency END AS latency
       FROM sums s JOIN series w USING (entity_id, is_before) LEFT JOIN buckets b USING (entity_id, is_before)`,
      daysOf(days),
    );
    const levels = new Map<string, NonNullable<CompletionRowFacts['levels']>>();
    for (const row of rows as LevelRow[]) {
      const id = String(row.entity_id);
      const found = levels.get(id) ?? {};
      levels.set(id, found);
      found[row.is_before ? 'before' : 'after'] = toFacts(row);
    }
    return levels;
  }
}

function toFacts({
  series,
  requests,
  errors,
  latency,
}: LevelRow): ServiceLevelFacts {
  return {
    series,
    requests,
    ...(errors !== null && { errors }),
    ...(latency && { latency }),
  };
}
