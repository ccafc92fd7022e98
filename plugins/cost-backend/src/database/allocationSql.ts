import { SqlFragment, textArray } from '@headroom/node';
import {
  AllocationWindow,
  MeasuredResource,
  NeededProperties,
  UNMOUNTED_WORKLOAD,
} from '@headroom/plugin-cost-common';
import { costColumn, knownColumn, USAGE_RESOURCES } from './measures';
import { POD_MEASURES } from './PodHourStore';
import { containersSql, Scope } from './scope';

/** Which hours are read, and what is told apart. */
export interface AllocationQuery {
  /** One after the other, without gaps. */
  steps: readonly AllocationWindow[];
  needs: NeededProperties;
  /** Steps are made of days that are rolled up: most of them need not be summed by the hour. */
  byDay: boolean;
  /** One row more is read, so that it is seen that there are more. */
  most: number;
}

/** Whether an hour is kept pod by pod; `i` is the hour. */
export const BY_POD = `EXISTS (SELECT 1 FROM cost_pod_hours p WHERE p.cluster_id = i.cluster_id AND p.hour = i.hour)`;

/** Whether the day (UTC) of an hour is rolled up, and nothing changed since. */
const ROLLED = `EXISTS (SELECT 1 FROM cost_cluster_days r WHERE r.cluster_id = i.cluster_id AND r.day = (i.hour AT TIME ZONE 'UTC')::date)
  AND NOT EXISTS (SELECT 1 FROM cost_dirty_days r WHERE r.cluster_id = i.cluster_id AND r.day = (i.hour AT TIME ZONE 'UTC')::date)`;

const SANITIZED = `regexp_replace(e.key, '[^a-zA-Z0-9_]', '_', 'g')`;

/** Labels by sanitized name; those of the Kubernetes API are newer than those of a source. */
const LABELS = `
  SELECT jsonb_object_agg(${SANITIZED}, e.value ORDER BY e.newer, e.key)
  FROM (
    SELECT false AS newer, key, value FROM jsonb_each_text(c.labels)
    UNION ALL
    SELECT true, key, value FROM jsonb_each_text(coalesce(w.labels, '{}'))
  ) e`;

const unknownSql = (resource: MeasuredResource) =>
  `d.${knownColumn(resource)} < d.${costColumn(resource)}`;

const SUMS = POD_MEASURES.map(each => `sum(d.${each}) AS ${each}`).join(', ');
const UNKNOWN = USAGE_RESOURCES.map(
  each => `bool_or(${unknownSql(each)}) AS ${each}_unknown`,
).join(', ');

/** Columns of what is not told apart. */
const NO_POD = `'' AS pod, '' AS node, NULL::jsonb AS facets`;

/** Rows of {@link AllocationQuery}: a step, what is told apart, and what it comes to. */
export function allocationSql(
  query: Omit<AllocationQuery, 'most'>,
  scope: Scope,
): SqlFragment {
  const { steps, needs, byDay } = query;
  const facts = factsSql(query, scope);
  const labels = namesSql('c.labels', needs.labels);
  const annotations = namesSql("s.facets->'annotations'", needs.annotations);
  return {
    sql: `WITH hours AS MATERIALIZED (
       SELECT i.cluster_id, i.hour, width_bucket(i.hour, ?::timestamptz[]) - 1 AS step,
         (i.hour AT TIME ZONE 'UTC')::date AS day, ${
           tellsPods(needs) ? BY_POD : 'false'
         } AS by_pod, ${byDay ? ROLLED : 'false'} AS rolled
       FROM cost_ingest_hours i
       WHERE i.hour >= ?::timestamptz AND i.hour < ?::timestamptz AND i.status <> 'missing'
     ), sums AS MATERIALIZED (${facts.sql}),
     containers AS MATERIALIZED (
       SELECT c.id, k.name AS cluster, c.bucket, c.namespace, c.workload_kind, c.workload, c.container,
         ${labels.isNeeded ? `(${LABELS})` : 'NULL::jsonb'} AS labels
       FROM cost_containers c
       JOIN cost_clusters k ON k.id = c.cluster_id
       LEFT JOIN cost_workload_labels w ON w.cluster_id = c.cluster_id AND c.bucket = 'workload'
         AND (w.namespace, w.kind, w.name) = (c.namespace, c.workload_kind, c.workload)
       WHERE c.id IN (SELECT container_id FROM sums)
     )
     SELECT s.step, c.cluster,
       CASE WHEN c.bucket <> 'idle' THEN 'tenant' WHEN c.workload = ? THEN 'unmounted' ELSE 'idle' END AS kind,
       ${column(needs.namespace, 'c.namespace')} AS namespace,
       ${column(needs.controller, 'c.workload_kind')} AS controller_kind,
       ${column(needs.controller, 'c.workload')} AS controller,
       ${column(needs.container, 'c.container')} AS container,
       ${column(needs.pod, 's.pod')} AS pod,
       ${column(needs.node, 's.node')} AS node,
       ${needs.services ? "s.facets->'services'" : 'NULL::jsonb'} AS services,
       ${labels.sql} AS labels,
       ${annotations.sql} AS annotations,
       min(s.first) AS first, max(s.last) AS last,
       ${USAGE_RESOURCES.map(
         each =>
           // Of idle capacity nobody asks what was used.
           `bool_or(s.${each}_unknown AND c.bucket = 'workload') AS ${each}_unknown`,
       ).join(', ')},
       ${POD_MEASURES.map(each => `sum(s.${each})::text AS ${each}`).join(', ')}
     FROM sums s JOIN containers c ON c.id = s.container_id
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12`,
    bindings: [
      textArray(steps.map(({ start }) => iso(start))),
      iso(steps[0].start),
      iso(steps[steps.length - 1].end),
      ...facts.bindings,
      UNMOUNTED_WORKLOAD,
      ...labels.bindings,
      ...annotations.bindings,
    ],
  };
}

/** The sums by step and container, and by pod where it matters. */
function factsSql(
  query: Omit<AllocationQuery, 'most'>,
  scope: Scope,
): SqlFragment {
  const { steps, needs, byDay } = query;
  const [from, to] = [steps[0].start, steps[steps.length - 1].end];
  // Idle is linked to nobody, and so only seen by who sees everything.
  const seen = containersSql(scope);
  const where = {
    sql: `d.hour >= ?::timestamptz AND d.hour < ?::timestamptz AND ${seen.sql}`,
    bindings: [iso(from), iso(to), ...seen.bindings],
  };
  if (tellsPods(needs)) {
    return unionOf([
      workloadsSql('NOT h.by_pod', where),
      podsSql(needs, where),
    ]);
  }
  if (!byDay) {
    return workloadsSql('true', where);
  }
  return unionOf([
    wholeDaysSql(seen),
    workloadsSql('NOT h.rolled', where),
    partOfDaysSql(where),
  ]);
}

function unionOf(parts: readonly SqlFragment[]): SqlFragment {
  return {
    sql: parts.map(({ sql }) => sql).join(' UNION ALL '),
    bindings: parts.flatMap(({ bindings }) => bindings),
  };
}

function tellsPods(needs: NeededProperties): boolean {
  return (
    needs.pod || needs.node || needs.services || needs.annotations.length > 0
  );
}

function workloadsSql(condition: string, where: SqlFragment): SqlFragment {
  return {
    sql: `SELECT h.step, d.container_id, ${NO_POD}, min(d.hour) AS first, max(d.hour) AS last, ${UNKNOWN}, ${SUMS}
      FROM hours h JOIN cost_hours d ON d.cluster_id = h.cluster_id AND d.hour = h.hour
      WHERE ${condition} AND ${where.sql}
      GROUP BY h.step, d.container_id`,
    bindings: where.bindings,
  };
}

/** Of days that are rolled up, what was there in all hours. */
function wholeDaysSql(scope: SqlFragment): SqlFragment {
  return {
    sql: `SELECT h.step, d.container_id, ${NO_POD},
        min(d.day)::timestamp AT TIME ZONE 'UTC' AS first,
        max(d.day)::timestamp AT TIME ZONE 'UTC' + interval '23 hours' AS last, ${UNKNOWN}, ${SUMS}
      FROM (SELECT DISTINCT cluster_id, day, step FROM hours WHERE rolled) h
      JOIN cost_days d ON d.cluster_id = h.cluster_id AND d.day = h.day
      WHERE d.hours_present = 24 AND ${scope.sql}
      GROUP BY h.step, d.container_id`,
    bindings: scope.bindings,
  };
}

/** The rest of such days by the hour: which hours something was there, a day does not say. */
function partOfDaysSql(where: SqlFragment): SqlFragment {
  return {
    sql: `SELECT h.step, d.container_id, ${NO_POD}, min(d.hour) AS first, max(d.hour) AS last, ${UNKNOWN}, ${SUMS}
      FROM hours h
      JOIN cost_days p ON p.cluster_id = h.cluster_id AND p.day = h.day AND p.hours_present < 24
      JOIN cost_hours d ON d.cluster_id = h.cluster_id AND d.hour = h.hour
        AND d.container_id = p.container_id AND d.capacity_type = p.capacity_type AND d.region = p.region
      WHERE h.rolled AND ${where.sql}
      GROUP BY h.step, d.container_id`,
    bindings: where.bindings,
  };
}

/** Whether usage was read is known of a workload, and so of each of its pods. */
function podsSql(needs: NeededProperties, where: SqlFragment): SqlFragment {
  const part = (isNeeded: boolean, name: string, empty: string) =>
    isNeeded ? `d.${name}` : `${empty} AS ${name}`;
  const facets = needs.services || needs.annotations.length > 0;
  return {
    sql: `SELECT h.step, d.container_id, ${part(
      needs.pod,
      'pod',
      "''",
    )}, ${part(needs.node, 'node', "''")}, ${part(
      facets,
      'facets',
      'NULL::jsonb',
    )}, min(d.hour), max(d.hour),
        ${USAGE_RESOURCES.map(
          each => `bool_or(u.${each}_unknown IS TRUE)`,
        ).join(', ')}, ${SUMS}
      FROM hours h JOIN cost_pod_hours d ON d.cluster_id = h.cluster_id AND d.hour = h.hour
      LEFT JOIN (
        SELECT d.cluster_id, d.hour, d.container_id, ${UNKNOWN}
        FROM cost_hours d
        WHERE (${USAGE_RESOURCES.map(unknownSql).join(' OR ')}) AND ${where.sql}
        GROUP BY 1, 2, 3
      ) u ON u.cluster_id = d.cluster_id AND u.hour = d.hour AND u.container_id = d.container_id
      WHERE h.by_pod AND ${where.sql}
      GROUP BY 1, 2, 3, 4, 5`,
    bindings: [...where.bindings, ...where.bindings],
  };
}

function column(isNeeded: boolean, sql: string): string {
  return isNeeded ? sql : 'NULL::text';
}

/** Some of the names of a map, with its values. */
function namesSql(
  map: string,
  names: NeededProperties['labels'],
): { sql: string; bindings: string[]; isNeeded: boolean } {
  if (names.length === 0) {
    return { sql: 'NULL::jsonb', bindings: [], isNeeded: false };
  }
  const [which, bindings] =
    names === 'all'
      ? ['true', []]
      : [`${SANITIZED} = ANY (?::text[])`, [textArray([...names])]];
  return {
    sql: `(SELECT jsonb_object_agg(${SANITIZED}, e.value ORDER BY e.key) FROM jsonb_each_text(${map}) e WHERE ${which})`,
    bindings,
    isNeeded: true,
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
