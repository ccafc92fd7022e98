import { LinkProvenance, LinkableEntity } from '@headroom/common';
import { OwnedEntity, textArray, toNumber } from '@headroom/node';
import { Knex } from 'knex';
import { EntityRivals, HAS_RIVALS, RivalStore } from './RivalStore';
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

  static create(options: { knex: Knex; scope: Scope }) {
    return new CatalogStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
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
      `SELECT EXISTS (SELECT 1 FROM cost_entities e WHERE e.kind <> 'group' AND ${within.sql})
         OR NOT EXISTS (SELECT 1 FROM cost_entities WHERE kind <> 'group') AS any`,
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
      `SELECT (${visible.sql}) AS allowed FROM cost_entities e WHERE e.entity_ref = ?`,
      [...visible.bindings, entityRef],
    );
    return rows[0];
  }

  /** Entities by reference, in the order asked for; undefined for those that are unknown or not in the scope. */
  async findByRefs(refs: string[]): Promise<Array<OwnedEntity | undefined>> {
    const within = entitiesSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `SELECT e.* FROM cost_entities e WHERE e.entity_ref = ANY (?::text[]) AND ${within.sql}`,
      [textArray(refs), ...within.bindings],
    );
    const byRef = new Map<string, OwnedEntity>(
      rows.map((row: EntityRow) => [row.entity_ref, toOwned(row)]),
    );
    return refs.map(ref => byRef.get(ref));
  }

  /** Whether any workload is linked to what the scope holds. */
  async isLinked(): Promise<boolean> {
    const within = entitiesSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `SELECT EXISTS (SELECT 1 FROM cost_links l JOIN cost_entities e ON e.id = l.entity_id
         WHERE ${within.sql}) AS linked`,
      within.bindings,
    );
    return rows[0].linked;
  }

  /** What is linked to the scope's services, and how. */
  async links(): Promise<LinkRow[]> {
    const within = entitiesSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `SELECT DISTINCT k.name AS cluster, c.namespace, c.workload_kind AS "workloadKind", c.workload,
         l.provenance, l.detail
       FROM cost_entities e JOIN cost_links l ON l.entity_id = e.id
       JOIN cost_containers c ON c.id = l.container_id JOIN cost_clusters k ON k.id = c.cluster_id
       WHERE ${within.sql} ORDER BY 1, 2, 3, 4, 5, 6 LIMIT 200`,
      within.bindings,
    );
    return rows;
  }

  /** What a service of the scope claims workloads by, and which of them others claim or have. */
  async claims(
    entityRef: string,
  ): Promise<{ entity?: LinkableEntity; rivals: EntityRivals }> {
    const within = entitiesSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `SELECT e.kind, e.namespace, e.name, e.annotations, e.owner_refs, e.location, ${HAS_RIVALS} AS has_rivals
       FROM cost_entities e WHERE e.entity_ref = ? AND ${within.sql}`,
      [entityRef, ...within.bindings],
    );
    const options = { knex: this.#knex, scope: this.#scope };
    return {
      entity:
        rows[0] &&
        toLinkable({
          ...rows[0],
          ownerRefs: rows[0].owner_refs,
          location: rows[0].location ?? undefined,
        }),
      rivals: rows[0]?.has_rivals
        ? await RivalStore.create(options).ofEntity(entityRef)
        : { others: [], own: [], total: 0 },
    };
  }

  /** Units of the scope's services by metric and day: their own, and those of their workloads. */
  async units(from: string, to: string): Promise<UnitDay[]> {
    const within = entitiesSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `WITH entities AS (
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
      [...within.bindings, from, to, from, to],
    );
    return rows.map((row: Record<string, string | null>) => ({
      metric: String(row.metric),
      day: String(row.day),
      quantity: toNumber(row.quantity),
      ...(row.failed !== null && { failed: toNumber(row.failed) }),
    }));
  }

  /**
   * A group and every group below it; empty when the group is unknown. They narrow
   * a scope: which of them are told is for who answers.
   */
  async groupsBelow(groupRef: string): Promise<string[]> {
    const { rows } = await this.#knex.raw(
      `WITH RECURSIVE below AS (
         SELECT entity_ref AS ref FROM cost_entities WHERE entity_ref = ? AND kind = 'group'
         UNION
         SELECT g.group_ref FROM cost_groups g JOIN below b ON g.parent_ref = b.ref
       )
       SELECT ref FROM below ORDER BY ref <> ?, ref`,
      [groupRef, groupRef],
    );
    return rows.map(({ ref }: { ref: string }) => ref);
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
