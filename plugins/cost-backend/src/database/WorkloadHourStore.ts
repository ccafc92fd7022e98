import { NotAllowedError } from '@backstage/errors';
import { integerArray, textArray } from '@headroom/node';
import { WorkloadHour, WorkloadHoursQuery } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { costColumn } from './measures';
import { Scope } from './scope';

const COST = (['cpu', 'memory', 'gpu', 'storage', 'network'] as const)
  .map(resource => `h.${costColumn(resource)}`)
  .join(' + ');

/** What workloads cost hour by hour, for who may see everything. */
export class WorkloadHourStore {
  readonly #knex: Knex;

  /** @throws NotAllowedError unless the scope is everything. */
  static create({ knex, scope }: { knex: Knex; scope: Scope }) {
    if (!scope.isEverything) {
      throw new NotAllowedError(
        'You need the permission cost.read for every service to see the hours of workloads',
      );
    }
    return new WorkloadHourStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Complete hours of workloads, oldest first, in one statement; each hour of each
   * container is looked up by its key: what it costs to read them does not grow with
   * the fleet. By index in `workloads`; what isn't known isn't in it.
   *
   * @param indices - of the workloads that are read
   * @param metric - of the units; absent = none are read
   */
  async hours(
    { workloads, from, to }: WorkloadHoursQuery,
    indices: readonly number[],
    metric: string | undefined,
  ): Promise<Map<number, WorkloadHour[]>> {
    const byWorkload = new Map<number, WorkloadHour[]>();
    if (indices.length === 0) {
      return byWorkload;
    }
    const column = (of: 'cluster' | 'namespace' | 'kind' | 'name') =>
      textArray(indices.map(index => workloads[index][of]));
    const { rows } = await this.#knex.raw(
      `WITH asked AS (
         SELECT * FROM unnest(?::int[], ?::text[], ?::text[], ?::text[], ?::text[])
           AS a (n, cluster, namespace, kind, name)
       ), containers AS MATERIALIZED (
         SELECT a.n, c.id, c.cluster_id, a.namespace, a.name FROM asked a
         JOIN cost_clusters k ON k.name = a.cluster
         JOIN cost_containers c ON c.cluster_id = k.id AND c.bucket = 'workload'
           AND c.namespace = a.namespace AND c.workload_kind = a.kind AND c.workload = a.name
       ), known AS MATERIALIZED (
         SELECT DISTINCT n, cluster_id FROM containers
       ), served AS MATERIALIZED (
         SELECT DISTINCT c.n, c.cluster_id, e.entity_ref, '' AS namespace, '' AS workload
         FROM containers c
         JOIN cost_links l ON l.container_id = c.id
         JOIN cost_entities e ON e.id = l.entity_id
         UNION
         SELECT n, cluster_id, '', namespace, name FROM containers
       ), complete AS MATERIALIZED (
         SELECT cluster_id, hour, units_known FROM cost_ingest_hours
         WHERE cluster_id IN (SELECT cluster_id FROM known)
           AND hour >= ?::timestamptz AND hour < ?::timestamptz AND status = 'complete'
       ), parts AS (
         SELECT k.n, i.hour, 0::numeric AS micros, NULL::numeric AS units
         FROM known k JOIN complete i ON i.cluster_id = k.cluster_id
         UNION ALL
         SELECT m.n, i.hour, m.micros, NULL FROM complete i
         CROSS JOIN LATERAL (
           SELECT c.n, sum(${COST}) AS micros FROM containers c
           JOIN cost_hours h ON h.cluster_id = c.cluster_id AND h.hour = i.hour AND h.container_id = c.id
           WHERE c.cluster_id = i.cluster_id
           GROUP BY c.n
         ) m
         UNION ALL
         SELECT m.n, i.hour, 0, m.quantity FROM complete i
         CROSS JOIN LATERAL (
           SELECT s.n, sum(u.quantity) AS quantity FROM served s
           JOIN cost_unit_hours u ON u.cluster_id = s.cluster_id AND u.hour = i.hour AND u.metric = ?
             AND u.entity_ref = s.entity_ref AND u.namespace = s.namespace AND u.workload = s.workload
           WHERE s.cluster_id = i.cluster_id
           GROUP BY s.n
         ) m
         WHERE i.units_known
       )
       SELECT n, to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at,
         sum(micros)::text AS micros, sum(units) AS units
       FROM parts
       GROUP BY n, hour
       ORDER BY n, hour`,
      [
        integerArray([...indices]),
        column('cluster'),
        column('namespace'),
        column('kind'),
        column('name'),
        from,
        to,
        metric ?? '',
      ],
    );
    for (const { n, at, micros, units } of rows as HourRow[]) {
      const hours = byWorkload.get(n) ?? [];
      hours.push({
        at,
        micros,
        ...(units !== null && { units: Number(units) }),
      });
      byWorkload.set(n, hours);
    }
    return byWorkload;
  }
}

interface HourRow {
  n: number;
  at: string;
  micros: string;
  units: string | null;
}
