import { EVERYTHING, SqlFragment, textArray } from '@headroom/node';

/** Whose cost is asked for; a fleet has idle and Unallocated for who may see everything. */
export type Whose =
  | { kind: 'service'; entityRef: string }
  | { kind: 'owners'; groups: string[] }
  | { kind: 'fleet' };

/**
 * What is asked for, as far as the caller may see it. Every store that pages read
 * wants one, so that no query can forget whose it is. A scope can be narrowed by
 * anyone; made, only by `core/CostScopes.ts`, from credentials.
 */
export class Scope {
  // Private fields: an object of the same shape is no scope.
  readonly #whose: Whose;
  readonly #visible: SqlFragment;
  readonly #seesEverything: boolean;
  /** @param visible - the entities a caller may see, as `e`; absent = everything */
  static grant(visible?: SqlFragment) {
    return new Scope({ kind: 'fleet' }, visible ?? EVERYTHING, !visible);
  }

  private constructor(
    whose: Whose,
    visible: SqlFragment,
    seesEverything: boolean,
  ) {
    this.#whose = whose;
    this.#visible = visible;
    this.#seesEverything = seesEverything;
  }

  get whose(): Whose {
    return this.#whose;
  }

  /** On an entity `e`: the caller may see it. */
  get visible(): SqlFragment {
    return this.#visible;
  }

  /** The caller may also see what belongs to no service. */
  get seesEverything(): boolean {
    return this.#seesEverything;
  }

  /** A part of what the same caller may see. */
  of(whose: Whose): Scope {
    return new Scope(whose, this.visible, this.seesEverything);
  }

  /** Everything there is: the whole fleet, and the caller may see everything. */
  get isEverything(): boolean {
    return this.seesEverything && this.whose.kind === 'fleet';
  }
}

/** The plugin itself: for jobs, never for a request. */
export const INTERNAL = Scope.grant();

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

/** A scope as a condition on an entity (`e`). */
export function entitiesSql(scope: Scope): SqlFragment {
  const whose = whoseSql(scope.whose);
  return {
    sql: `${whose.sql} AND (${scope.visible.sql})`,
    bindings: [...whose.bindings, ...scope.visible.bindings],
  };
}

/** Whether an entity (`e`) is what is asked for, seen or not. */
export function whoseSql(whose: Whose): SqlFragment {
  switch (whose.kind) {
    case 'service':
      return { sql: 'e.entity_ref = ?', bindings: [whose.entityRef] };
    case 'owners':
      return {
        sql: "e.owner_refs && ?::text[] AND e.kind <> 'group'",
        bindings: [textArray(whose.groups)],
      };
    default:
      return EVERYTHING;
  }
}
