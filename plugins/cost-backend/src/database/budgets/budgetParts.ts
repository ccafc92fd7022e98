import { integerArray, textArray } from '@headroom/node';
import { BudgetScope } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';

/** What a budget is for, and from which day on its cost is asked for. */
export interface ScopeQuestion {
  scope: BudgetScope;
  /** Systems of a domain; the catalog knows. */
  systems?: readonly string[];
  /** `YYYY-MM-DD`, a day of the reports' zone. */
  readFrom: string;
  /** An earlier day, from which on it may be asked for soon. */
  keepFrom?: string;
}

/** The beginning of a statement, WITH included, and what is bound in it. */
export interface PartsSql {
  sql: string;
  bindings: Knex.Value[];
}

interface Line {
  no: number;
  kind: string;
  a: string;
  b: string | null;
  readFrom: string;
}

/** Groups below those that are asked for, and who owned what when. */
const OF_GROUPS = `below AS (
        SELECT DISTINCT a AS top, a AS grp FROM s WHERE kind = 'group'
        UNION
        SELECT b.top, g.group_ref FROM below b JOIN cost_groups g ON g.parent_ref = b.grp
      ), history AS (
        SELECT entity_id, owner_refs,
          CASE WHEN lag(since) OVER w IS NULL THEN '-infinity'::date ELSE (since AT TIME ZONE ?)::date END AS from_day,
          coalesce((lead(since) OVER w AT TIME ZONE ?)::date, 'infinity'::date) AS to_day
        FROM cost_owner_history WHERE entity_id IN (
          SELECT entity_id FROM cost_owner_history WHERE owner_refs && (SELECT array_agg(grp) FROM below)
        ) WINDOW w AS (PARTITION BY entity_id ORDER BY since)
      )`;

/** Services of what is asked for, by its kind. */
const SPANS = {
  group: `SELECT DISTINCT s.no, h.entity_id, h.from_day, h.to_day, s.read_from
        FROM s JOIN below b ON b.top = s.a
        JOIN (SELECT history.*, unnest(owner_refs) AS owner FROM history) h ON h.owner = b.grp
        WHERE s.kind = 'group'`,
  service: `SELECT s.no, e.id AS entity_id, '-infinity'::date AS from_day, 'infinity'::date AS to_day, s.read_from
        FROM s JOIN cost_entities e ON e.entity_ref = s.a WHERE s.kind = 'service'`,
  system: `SELECT s.no, e.id AS entity_id, '-infinity'::date AS from_day, 'infinity'::date AS to_day, s.read_from
        FROM s JOIN cost_entities e ON e.system_ref = s.a WHERE s.kind = 'system'`,
};
const NO_SPANS =
  'SELECT NULL::integer AS no, NULL::integer AS entity_id, NULL::date AS from_day, NULL::date AS to_day, NULL::date AS read_from WHERE false';

/** Containers of what is asked for and is not services, by its kind. */
const PARTS_OF = {
  cluster: `SELECT s.no, c.id, c.cluster_id, '-infinity'::date, s.read_from, 'infinity'::date, c.bucket = 'idle'
        FROM s JOIN cost_clusters k ON k.name = s.a JOIN cost_containers c ON c.cluster_id = k.id
        WHERE s.kind = 'cluster'`,
  namespace: `SELECT s.no, c.id, c.cluster_id, '-infinity'::date, s.read_from, 'infinity'::date, false
        FROM s JOIN cost_containers c ON c.namespace = s.a AND c.bucket = 'workload'
        JOIN cost_clusters k ON k.id = c.cluster_id AND (s.b IS NULL OR k.name = s.b)
        WHERE s.kind = 'namespace'`,
  label: `SELECT s.no, c.id, c.cluster_id, '-infinity'::date, s.read_from, 'infinity'::date, false
        FROM (
          SELECT k.a, c.id, c.cluster_id, c.labels ->> k.a AS b
          FROM (SELECT DISTINCT a FROM s WHERE kind = 'label') k JOIN cost_containers c ON c.bucket = 'workload' AND jsonb_exists(c.labels, k.a)
          OFFSET 0 -- Each container's value is read once: not once for each scope.
        ) c JOIN s ON s.a = c.a AND s.b = c.b
        WHERE s.kind = 'label'`,
};
const NO_PARTS = 'SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL WHERE false';

/**
 * The containers of scopes as `parts (no, container_id, cluster_id, since, from_day, to_day,
 * is_idle)`, of which `from_day` is `since` or the first day asked for, and above that their services as `spans (no, entity_id, from_day, to_day,
 * read_from)`; `no` is the place of a scope in the list, from 1. A service is a group's on the
 * days on which one of the group, or of a group that is below it now, owned it: what it
 * cost stays where it was when it moves. Of kinds that nobody asks for nothing is said,
 * as PostgreSQL would plan it all the same.
 *
 * @param timezone - in which days are
 */
export function partsSql(
  scopes: readonly ScopeQuestion[],
  timezone: string,
): PartsSql {
  const lines = scopes.flatMap(toLines);
  const kinds = new Set(lines.map(({ kind }) => kind));
  const of = (all: Record<string, string>, none: string) =>
    Object.entries(all)
      .flatMap(([kind, sql]) => (kinds.has(kind) ? [sql] : []))
      .join(' UNION ALL ') || none;
  return {
    sql: `WITH RECURSIVE s AS MATERIALIZED (
        SELECT * FROM unnest(?::integer[], ?::text[], ?::text[], ?::text[], ?::date[]) AS s (no, kind, a, b, read_from)
      )${kinds.has('group') ? `, ${OF_GROUPS}` : ''}, spans AS MATERIALIZED (
        ${of(SPANS, NO_SPANS)}
      ), parts AS (
        SELECT p.no, c.id AS container_id, c.cluster_id, p.from_day AS since, greatest(p.from_day, p.read_from) AS from_day, p.to_day, false AS is_idle
        FROM spans p JOIN cost_links l ON l.entity_id = p.entity_id JOIN cost_containers c ON c.id = l.container_id
        UNION ALL
        ${of(PARTS_OF, NO_PARTS)}
      )`,
    bindings: [
      integerArray(lines.map(({ no }) => no)),
      textArray(lines.map(({ kind }) => kind)),
      textArray(lines.map(({ a }) => a)),
      textArray(lines.map(({ b }) => b)),
      textArray(lines.map(({ readFrom }) => readFrom)),
      ...(kinds.has('group') ? [timezone, timezone] : []),
    ],
  };
}

function toLines(
  { scope, systems, readFrom }: ScopeQuestion,
  index: number,
): Line[] {
  const no = index + 1;
  const line = (kind: string, a: string, b: string | null = null): Line[] => [
    { no, kind, a, b, readFrom },
  ];
  switch (scope.type) {
    case 'cluster':
      return line('cluster', scope.cluster);
    case 'namespace':
      return line('namespace', scope.namespace, scope.cluster ?? null);
    case 'label':
      return line('label', scope.label, scope.value);
    case 'tag':
      return line('tag', scope.tag, scope.value);
    case 'domain':
      return (systems ?? []).flatMap(system => line('system', system));
    default:
      return line(scope.type, scope.entityRef);
  }
}
