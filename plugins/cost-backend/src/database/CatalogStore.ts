import { LinkProvenance, LinkableEntity } from '@headroom/common';
import { EntityReader, OwnedEntity, toNumber } from '@headroom/node';
import { Knex } from 'knex';
import { ask } from './ask';
import { answered, Question, reading, together } from './Question';
import { EntityRivals, rivalsOfEntity } from './RivalStore';
import { entitiesSql, Scope, whoseSql } from './scope';
import { toLinkable } from './toLinkable';

/** A workload linked to a service. */
export interface LinkRow {
  cluster: string;
  namespace: string;
  workloadKind: string;
  workload: string;
  provenance: LinkProvenance;
  detail: string;
}

/** Units of one metric on one day. */
export interface UnitDay {
  metric: string;
  day: string;
  quantity: number;
  failed?: number;
}

/** A service of a team, as its row names it. */
export interface OwnedService {
  entityRef: string;
  title?: string;
  ownerRefs: string[];
}

/** Services and groups as the catalog was last read, and what is linked to them. */
export class CatalogStore {
  readonly #knex: Knex;
  readonly #scope: Scope;
  readonly #entities: EntityReader;

  static create(options: { knex: Knex; scope: Scope }) {
    return new CatalogStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
    this.#scope = scope;
    this.#entities = EntityReader.create({ knex, prefix: 'cost', scope });
  }

  /**
   * Whether the scope holds anything the caller may see. While no service was read
   * from the catalog nobody can tell, and that is not the caller's fault.
   */
  seesAnything(): Question<boolean> {
    if (this.#scope.isEverything) {
      return answered(true);
    }
    const within = entitiesSql(this.#scope);
    return {
      sql: `SELECT EXISTS (SELECT 1 FROM cost_entities e WHERE e.kind <> 'group' AND ${within.sql})
         OR NOT EXISTS (SELECT 1 FROM cost_entities WHERE kind <> 'group') AS any`,
      bindings: within.bindings,
      read: ([{ any }]) => any,
    };
  }

  /** A service, and whether the caller may see it; undefined when it is unknown. */
  findEntity(entityRef: string): Question<{ allowed: boolean } | undefined> {
    const { visible } = this.#scope;
    return {
      sql: `SELECT (${visible.sql}) AS allowed FROM cost_entities e WHERE e.entity_ref = ?`,
      bindings: [...visible.bindings, entityRef],
      read: ([row]) => row,
    };
  }

  /** As {@link EntityReader.findByRefs}. */
  async findByRefs(refs: string[]): Promise<Array<OwnedEntity | undefined>> {
    return this.#entities.findByRefs(refs);
  }

  /** Whether any workload is linked to what the scope holds. */
  async isLinked(): Promise<boolean> {
    const within = entitiesSql(this.#scope);
    const { rows } = await ask(
      this.#knex,
      this.#scope,
      `SELECT EXISTS (SELECT 1 FROM cost_links l JOIN cost_entities e ON e.id = l.entity_id
         WHERE ${within.sql}) AS linked`,
      within.bindings,
    );
    return rows[0].linked;
  }

  /** What is linked to the scope's services, and how. */
  links(): Question<LinkRow[]> {
    const within = entitiesSql(this.#scope);
    return {
      sql: `SELECT DISTINCT k.name AS cluster, c.namespace, c.workload_kind AS "workloadKind", c.workload,
         l.provenance, l.detail
       FROM cost_entities e JOIN cost_links l ON l.entity_id = e.id
       JOIN cost_containers c ON c.id = l.container_id JOIN cost_clusters k ON k.id = c.cluster_id
       WHERE ${within.sql} ORDER BY 1, 2, 3, 4, 5, 6 LIMIT 200`,
      bindings: within.bindings,
      read: rows => rows,
    };
  }

  /** What a service of the scope claims workloads by, and which of them others claim or have. */
  claims(
    entityRef: string,
  ): Question<{ entity?: LinkableEntity; rivals: EntityRivals }> {
    return reading(
      together([
        this.#linkable(entityRef),
        rivalsOfEntity(this.#scope, entityRef),
      ]),
      ([entity, rivals]) => ({ entity, rivals }),
    );
  }

  #linkable(entityRef: string): Question<LinkableEntity | undefined> {
    const within = entitiesSql(this.#scope);
    return {
      sql: `SELECT e.kind, e.namespace, e.name, e.annotations, e.owner_refs AS "ownerRefs", e.location
       FROM cost_entities e WHERE e.entity_ref = ? AND ${within.sql}`,
      bindings: [entityRef, ...within.bindings],
      read: ([row]) =>
        row && toLinkable({ ...row, location: row.location ?? undefined }),
    };
  }

  /** Units of the scope's services by metric and day: their own, and those of their workloads. */
  units(from: string, to: string): Question<UnitDay[]> {
    const within = entitiesSql(this.#scope);
    return {
      sql: `WITH entities AS (
         SELECT e.id, e.entity_ref FROM cost_entities e WHERE ${within.sql}
       ), workloads AS (
         SELECT DISTINCT c.cluster_id, c.namespace, c.workload
         FROM entities e JOIN cost_links l ON l.entity_id = e.id
         JOIN cost_containers c ON c.id = l.container_id
       ), found AS (
         SELECT metric, day, quantity, failed FROM cost_unit_days
         JOIN entities USING (entity_ref) WHERE day >= ?::date AND day < ?::date
         UNION ALL
         SELECT u.metric, u.day, u.quantity, u.failed FROM cost_unit_days u
         JOIN workloads USING (cluster_id, namespace, workload)
         WHERE u.entity_ref = '' AND u.day >= ?::date AND u.day < ?::date
       )
       SELECT metric, day::text AS day, sum(quantity) AS quantity, sum(failed) AS failed
       FROM found GROUP BY metric, day ORDER BY metric, day`,
      bindings: [...within.bindings, from, to, from, to],
      read: rows =>
        rows.map((row: Record<string, string | null>) => ({
          metric: String(row.metric),
          day: String(row.day),
          quantity: toNumber(row.quantity),
          ...(row.failed !== null && { failed: toNumber(row.failed) }),
        })),
    };
  }

  /** As {@link EntityReader.groupsBelow}. */
  async groupsBelow(groupRef: string): Promise<string[]> {
    return this.#entities.groupsBelow(groupRef);
  }

  /** The scope's services that are in the catalog, and whether there are any that the caller may not see. */
  async services(): Promise<{ seen: OwnedService[]; hidden: boolean }> {
    const whose = whoseSql(this.#scope.whose);
    const { visible } = this.#scope;
    const { rows } = await this.#knex.raw(
      `SELECT e.entity_ref AS "entityRef", coalesce(e.title, e.name) AS title,
         e.owner_refs AS "ownerRefs", (${visible.sql}) AS seen
       FROM cost_entities e
       WHERE ${whose.sql} AND e.kind <> 'group' AND e.vanished_at IS NULL
       ORDER BY e.entity_ref`,
      [...visible.bindings, ...whose.bindings],
    );
    const all: Array<OwnedService & { seen: boolean }> = rows;
    return {
      seen: all
        .filter(({ seen }) => seen)
        .map(({ entityRef, title, ownerRefs }) => ({
          entityRef,
          title,
          ownerRefs,
        })),
      hidden: all.some(({ seen }) => !seen),
    };
  }
}
