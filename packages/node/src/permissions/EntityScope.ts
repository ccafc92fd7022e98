import { textArray } from '../database/values';
import { EVERYTHING, SqlFragment } from './criteriaToSql';
import { EntityAccess } from './EntityAuthorizer';

/** Of whom something is asked; a fleet has what is nobody's for who may see everything. @public */
export type Whose =
  | { kind: 'service'; entityRef: string }
  | { kind: 'owners'; groups: string[] }
  | { kind: 'fleet' };

/**
 * What is asked for, as far as the caller may see it. Every store that pages read
 * wants one, so that no query can forget whose it is. A scope can be narrowed by
 * anyone; made, only by the door of a back end, from credentials.
 *
 * @public
 */
export class EntityScope {
  // Private fields: an object of the same shape is no scope.
  readonly #whose: Whose;
  readonly #visible: SqlFragment;
  readonly #seesEverything: boolean;

  /** @param visible - the entities a caller may see, as `e`; absent = everything */
  static grant(visible?: SqlFragment): EntityScope {
    return new EntityScope({ kind: 'fleet' }, visible ?? EVERYTHING, !visible);
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
  of(whose: Whose): EntityScope {
    return new EntityScope(whose, this.visible, this.seesEverything);
  }

  /** Everything there is: the whole fleet, and the caller may see everything. */
  get isEverything(): boolean {
    return this.seesEverything && this.whose.kind === 'fleet';
  }
}

/** The scope of an answer of the permission framework; undefined = nothing is allowed. @public */
export function scopeOfAccess(access: EntityAccess): EntityScope | undefined {
  switch (access.kind) {
    case 'everything':
      return EntityScope.grant();
    case 'some':
      return EntityScope.grant(access.where);
    default:
      return undefined;
  }
}

/** A scope as a condition on an entity (`e`). @public */
export function entitiesSql(scope: EntityScope): SqlFragment {
  const whose = whoseSql(scope.whose);
  return {
    sql: `${whose.sql} AND (${scope.visible.sql})`,
    bindings: [...whose.bindings, ...scope.visible.bindings],
  };
}

/** Whether an entity (`e`) is what is asked for, seen or not. @public */
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
