import { SqlFragment, textArray } from '@headroom/node';

/**
 * Whose cost is asked for. `where` is what the caller may see; it is part of
 * every scope, so that no query can forget it.
 */
export type Scope =
  | { kind: 'service'; entityRef: string; where: SqlFragment }
  | { kind: 'owners'; groups: string[]; where: SqlFragment }
  /** Every service the caller may see, and nothing that belongs to no service. */
  | { kind: 'services'; where: SqlFragment }
  /** Idle and Unallocated included. */
  | { kind: 'everything' };

/** FROM and WHERE of a scope; `d` is the day's row, `c` its container, `e` its service, `k` its cluster. */
export function scopeSql(scope: Scope): SqlFragment & { where: string } {
  if (scope.kind === 'everything') {
    return {
      sql: `FROM cost_days d JOIN cost_containers c ON c.id = d.container_id
        JOIN cost_clusters k ON k.id = d.cluster_id
        LEFT JOIN cost_links l ON l.container_id = d.container_id
        LEFT JOIN cost_entities e ON e.id = l.entity_id`,
      where: 'true',
      bindings: [],
    };
  }
  const whose = whoseSql(scope);
  return {
    sql: `FROM cost_entities e JOIN cost_links l ON l.entity_id = e.id
      JOIN cost_containers c ON c.id = l.container_id
      JOIN cost_clusters k ON k.id = c.cluster_id
      JOIN cost_days d ON d.container_id = c.id`,
    where: `${whose.sql} AND (${scope.where.sql})`,
    bindings: [...whose.bindings, ...scope.where.bindings],
  };
}

/** The same as a condition on a day's row (`d`) alone. */
export function containersSql(scope: Scope): SqlFragment {
  if (scope.kind === 'everything') {
    return { sql: 'true', bindings: [] };
  }
  const whose = whoseSql(scope);
  return {
    sql: `d.container_id IN (
      SELECT l.container_id FROM cost_links l JOIN cost_entities e ON e.id = l.entity_id
      WHERE ${whose.sql} AND (${scope.where.sql}))`,
    bindings: [...whose.bindings, ...scope.where.bindings],
  };
}

/** The same as a condition on a cluster (`k`): the scope has, or had, workloads there. */
export function clustersSql(scope: Scope): SqlFragment {
  if (scope.kind === 'everything') {
    return { sql: 'true', bindings: [] };
  }
  const whose = whoseSql(scope);
  return {
    sql: `k.id IN (
      SELECT c.cluster_id FROM cost_entities e JOIN cost_links l ON l.entity_id = e.id
      JOIN cost_containers c ON c.id = l.container_id
      WHERE ${whose.sql} AND (${scope.where.sql}))`,
    bindings: [...whose.bindings, ...scope.where.bindings],
  };
}

function whoseSql(scope: Exclude<Scope, { kind: 'everything' }>): SqlFragment {
  switch (scope.kind) {
    case 'service':
      return { sql: 'e.entity_ref = ?', bindings: [scope.entityRef] };
    case 'owners':
      return {
        sql: "e.owner_refs && ?::text[] AND e.kind <> 'group'",
        bindings: [textArray(scope.groups)],
      };
    default:
      return { sql: 'true', bindings: [] };
  }
}
