import { Knex } from 'knex';
import { textArray } from '../database/values';
import { OwnedEntity } from '../permissions/entity';
import { EntityScope, entitiesSql } from '../permissions/EntityScope';

/** @public */
export interface EntityReaderOptions {
  knex: Knex;
  /** Of the tables of the mirror, see `EntityMirrorOptions`. */
  prefix: string;
  scope: EntityScope;
}

/** Entities of a mirror, as far as a scope goes. @public */
export class EntityReader {
  readonly #knex: Knex;
  readonly #prefix: string;
  readonly #scope: EntityScope;

  static create(options: EntityReaderOptions): EntityReader {
    return new EntityReader(options);
  }

  private constructor({ knex, prefix, scope }: EntityReaderOptions) {
    this.#knex = knex;
    this.#prefix = prefix;
    this.#scope = scope;
  }

  /**
   * Whether the scope holds anything the caller may see. While no service was read
   * from the catalog nobody can tell, and that is not the caller's fault.
   */
  async seesAnything(): Promise<boolean> {
    if (this.#scope.isEverything) {
      return true;
    }
    const within = entitiesSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `SELECT EXISTS (SELECT 1 FROM ${
        this.#entities
      } e WHERE e.kind <> 'group' AND ${within.sql})
         OR NOT EXISTS (SELECT 1 FROM ${
           this.#entities
         } WHERE kind <> 'group') AS any`,
      within.bindings,
    );
    return rows[0].any;
  }

  /** A service, and whether the caller may see it; undefined when it is unknown. */
  async findEntity(
    entityRef: string,
  ): Promise<{ allowed: boolean } | undefined> {
    const { visible } = this.#scope;
    const { rows } = await this.#knex.raw(
      `SELECT (${visible.sql}) AS allowed FROM ${
        this.#entities
      } e WHERE e.entity_ref = ?`,
      [...visible.bindings, entityRef],
    );
    return rows[0];
  }

  /** Entities by reference, in the order asked for; undefined for those that are unknown or not in the scope. */
  async findByRefs(refs: string[]): Promise<Array<OwnedEntity | undefined>> {
    const within = entitiesSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `SELECT e.* FROM ${
        this.#entities
      } e WHERE e.entity_ref = ANY (?::text[]) AND ${within.sql}`,
      [textArray(refs), ...within.bindings],
    );
    const byRef = new Map<string, OwnedEntity>(
      rows.map((row: EntityRow) => [row.entity_ref, toOwned(row)]),
    );
    return refs.map(ref => byRef.get(ref));
  }

  /** References of all entities of the scope, groups too, and of those that left the catalog. */
  async refs(): Promise<string[]> {
    const within = entitiesSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `SELECT e.entity_ref AS ref FROM ${this.#entities} e WHERE ${within.sql}`,
      within.bindings,
    );
    return rows.map(({ ref }: { ref: string }) => ref);
  }

  /**
   * A group and every group below it; empty when the group is unknown. They narrow
   * a scope: which of them are told is for who answers.
   */
  async groupsBelow(groupRef: string): Promise<string[]> {
    const { rows } = await this.#knex.raw(
      `WITH RECURSIVE below AS (
         SELECT entity_ref AS ref FROM ${
           this.#entities
         } WHERE entity_ref = ? AND kind = 'group'
         UNION
         SELECT g.group_ref FROM ${
           this.#prefix
         }_groups g JOIN below b ON g.parent_ref = b.ref
       )
       SELECT ref FROM below ORDER BY ref <> ?, ref`,
      [groupRef, groupRef],
    );
    return rows.map(({ ref }: { ref: string }) => ref);
  }

  get #entities(): string {
    return `${this.#prefix}_entities`;
  }
}

interface EntityRow {
  entity_ref: string;
  kind: string;
  namespace: string;
  name: string;
  owner_refs: string[];
  system_ref: string | null;
  labels: Record<string, string>;
}

function toOwned(row: EntityRow): OwnedEntity {
  return {
    entityRef: row.entity_ref,
    kind: row.kind,
    namespace: row.namespace,
    name: row.name,
    ownerRefs: row.owner_refs,
    systemRef: row.system_ref ?? undefined,
    labels: row.labels,
  };
}
