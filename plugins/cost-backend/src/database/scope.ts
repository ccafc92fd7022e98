import {
  entitiesSql,
  EntityScope,
  EVERYTHING,
  SqlFragment,
} from '@headroom/node';

export { entitiesSql, whoseSql } from '@headroom/node';
export type { Whose } from '@headroom/node';

/** What is asked for, as far as the caller may see it; made by `core/CostScopes.ts` only. */
export { EntityScope as Scope };

type Scope = EntityScope;

/** The plugin itself: for jobs, never for a request. */
export const INTERNAL = EntityScope.grant();

/** FROM and WHERE of a scope; `d` is the day's row, `c` its container, `e` its service, `k` its cluster. */
export function scopeSql(scope: Scope): SqlFragment & { where: string } {
  if (scope.isEverything) {
    return {
      sql: `FROM cost_days d JOIN cost_containers c ON c.id = d.container_id
        JOIN cost_clusters k ON k.id = d.cluster_id
        LEFT JOIN cost_links l ON l.container_id = d.container_id
        LEFT JOIN cost_entities e ON e.id = l.entity_id`,
      where: 'true',
      bindings: [],
    };
  }
  const entities = entitiesSql(scope);
  return {
    sql: `FROM cost_entities e JOIN cost_links l ON l.entity_id = e.id
      JOIN cost_containers c ON c.id = l.container_id
      JOIN cost_clusters k ON k.id = c.cluster_id
      JOIN cost_days d ON d.container_id = c.id`,
    where: entities.sql,
    bindings: entities.bindings,
  };
}

/** A scope as a condition on a row that has a container (`d.container_id`). */
export function containersSql(scope: Scope): SqlFragment {
  if (scope.isEverything) {
    return EVERYTHING;
  }
  const entities = entitiesSql(scope);
  return {
    sql: `d.container_id IN (
      SELECT l.container_id FROM cost_links l JOIN cost_entities e ON e.id = l.entity_id
      WHERE ${entities.sql})`,
    bindings: entities.bindings,
  };
}

/** A scope as a condition on a cluster (`k`): the scope has, or had, workloads there. */
export function clustersSql(scope: Scope): SqlFragment {
  if (scope.isEverything) {
    return EVERYTHING;
  }
  const entities = entitiesSql(scope);
  return {
    sql: `k.id IN (
      SELECT c.cluster_id FROM cost_entities e JOIN cost_links l ON l.entity_id = e.id
      JOIN cost_containers c ON c.id = l.container_id
      WHERE ${entities.sql})`,
    bindings: entities.bindings,
  };
}
