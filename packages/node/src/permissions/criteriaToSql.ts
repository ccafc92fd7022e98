import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { textArray } from '../database/values';
import { EntityFilter } from './entity';

/** A boolean SQL expression with `?` placeholders. @public */
export interface SqlFragment {
  sql: string;
  bindings: string[];
}

/** Holds for every entity. @public */
export const EVERYTHING: SqlFragment = { sql: 'true', bindings: [] };

/**
 * Conditions on an entity as an expression over a mirror of the catalog's entities,
 * aliased `e`.
 * Never null, so that a negation is the exact opposite.
 *
 * @public
 */
export function criteriaToSql(
  criteria: PermissionCriteria<EntityFilter>,
): SqlFragment {
  if (isAndCriteria(criteria)) {
    return join(criteria.allOf, ' AND ');
  }
  if (isOrCriteria(criteria)) {
    return join(criteria.anyOf, ' OR ');
  }
  if (isNotCriteria(criteria)) {
    const { sql, bindings } = criteriaToSql(criteria.not);
    return { sql: `NOT (${sql})`, bindings };
  }
  return filterToSql(criteria);
}

function join(
  parts: PermissionCriteria<EntityFilter>[],
  operator: string,
): SqlFragment {
  const fragments = parts.map(criteriaToSql);
  return {
    sql: fragments.map(({ sql }) => `(${sql})`).join(operator),
    bindings: fragments.flatMap(({ bindings }) => bindings),
  };
}

function filterToSql(filter: EntityFilter): SqlFragment {
  switch (filter.field) {
    case 'owner':
      return {
        sql: 'e.owner_refs && ?::text[]',
        bindings: [textArray(filter.values)],
      };
    case 'kind':
      return {
        sql: 'e.kind = ANY (?::text[])',
        bindings: [textArray(filter.values)],
      };
    case 'system':
      return {
        sql: "coalesce(e.system_ref, '') = ANY (?::text[])",
        bindings: [textArray(filter.values)],
      };
    case 'entityRef':
      return {
        sql: 'e.entity_ref = ANY (?::text[])',
        bindings: [textArray(filter.values)],
      };
    case 'label':
      return filter.value === undefined
        ? {
            sql: 'jsonb_exists(e.labels, ?)',
            bindings: [filter.key],
          }
        : {
            sql: "coalesce(e.labels ->> ?, '') = ? AND jsonb_exists(e.labels, ?)",
            bindings: [filter.key, filter.value, filter.key],
          };
    default:
      throw new TypeError(
        `Unknown condition on an entity: ${JSON.stringify(filter)}`,
      );
  }
}
