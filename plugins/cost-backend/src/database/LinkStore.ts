import {
  HeldLink,
  LinkProvenance,
  LinkableWorkload,
  RivalClaim,
  WorkloadLink,
} from '@headroom/common';
import { Knex } from 'knex';
import { integerArray, textArray } from '@headroom/node';

/** How many claims to a container are kept: more than a catalog has by mistake, and pages list fewer. */
const MAX_RIVALS = 100;

/** A container that is to be linked anew. */
export interface StaleContainer {
  id: number;
  cluster: string;
  workload: LinkableWorkload;
  /** The entity that this container, or another one of its workload, was linked to so far. */
  held?: HeldLink & {
    entityId: number;
    /** Of which container that is known. */
    containerId: number;
    /** From whom it was taken over, of one owner with who has it. */
    takenFromId?: number;
  };
}

/** What a container is linked to, and who else claims it. */
export interface ContainerLink {
  id: number;
  link?: WorkloadLink & {
    entityId: number;
    takenFromId?: number;
    /** Others of its owner claimed it no later, so the owner is not what it has it by. */
    isShared?: boolean;
    /** The container by which the entity has it already: nothing is new. */
    keptOf?: number;
  };
  rivals: Array<RivalClaim & { entityId: number }>;
}

/** Links of containers to entities. What changes them works inside the caller's transaction. */
export class LinkStore {
  readonly #tx: Knex;

  static in(tx: Knex) {
    return new LinkStore(tx);
  }

  private constructor(tx: Knex) {
    this.#tx = tx;
  }

  /** Whether a container waits to be linked. */
  async hasStale(): Promise<boolean> {
    const stale = await this.#tx('cost_containers')
      .where('link_stale', true)
      .first('id');
    return stale !== undefined;
  }

  /** Lets every workload's container be linked anew. */
  async markAllStale(): Promise<void> {
    await this.#tx('cost_containers')
      .where({ bucket: 'workload' })
      .update({ link_stale: true });
  }

  /** Takes a batch of stale containers; one that is relabelled meanwhile waits, and is stale again. */
  async take(size: number): Promise<StaleContainer[]> {
    const { rows: taken } = await this.#tx.raw(
      `UPDATE cost_containers SET link_stale = false WHERE id IN (
         SELECT id FROM cost_containers WHERE link_stale ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [size],
    );
    const { rows } = await this.#tx.raw(
      `SELECT c.id, k.name AS cluster, c.namespace, c.workload_kind, c.workload, c.container,
         c.labels, c.labels_sanitized, w.labels AS kubernetes_labels, h.entity_ref AS held_by, h.linked_at AS held_since,
         h.provenance AS held_provenance, h.owner_refs AS held_owner_refs, h.shared AS held_shared, h.entity_id AS held_id, h.container_id AS held_of,
         h.taken_from AS held_taken_from, h.taken_from_ref AS held_taken_from_ref
       FROM cost_containers c JOIN cost_clusters k ON k.id = c.cluster_id
       LEFT JOIN cost_workload_labels w
         ON (w.cluster_id, w.namespace, w.kind, w.name) = (c.cluster_id, c.namespace, c.workload_kind, c.workload)
       LEFT JOIN LATERAL (
         SELECT e.entity_ref, l.linked_at, l.provenance, l.owner_refs, l.shared, l.entity_id, l.container_id, l.taken_from, f.entity_ref AS taken_from_ref
         FROM cost_containers s
         JOIN cost_links l ON l.container_id = s.id JOIN cost_entities e ON e.id = l.entity_id
         LEFT JOIN cost_entities f ON f.id = l.taken_from
         WHERE (s.cluster_id, s.bucket, s.namespace, s.workload_kind, s.workload)
           = (c.cluster_id, c.bucket, c.namespace, c.workload_kind, c.workload)
         ORDER BY s.id = c.id DESC, l.linked_at, s.id LIMIT 1) h ON true
       WHERE c.id = ANY (?::integer[]) ORDER BY c.id`,
      [integerArray(taken.map(({ id }: { id: number }) => id))],
    );
    return rows.map(toContainer);
  }

  /** Replaces the links of a batch, and the claims to it that don't count. */
  async replace(batch: readonly ContainerLink[]): Promise<void> {
    const all = integerArray(batch.map(({ id }) => id));
    const linked = batch.flatMap(({ id, link }) =>
      link ? [{ ...link, id }] : [],
    );
    const ids = integerArray(linked.map(({ id }) => id));
    // A service that left the catalog keeps what it cost, unless someone else claims it.
    await this.#tx.raw(
      `DELETE FROM cost_links l USING cost_entities e
       WHERE l.container_id = ANY (?::integer[]) AND NOT (l.container_id = ANY (?::integer[]))
         AND e.id = l.entity_id AND e.vanished_at IS NULL`,
      [all, ids],
    );
    await this.#tx.raw(
      `INSERT INTO cost_links AS l (container_id, entity_id, provenance, detail, taken_from, owner_refs, shared, linked_at)
       SELECT n.container_id, n.entity_id, n.provenance, n.detail, n.taken_from,
         CASE WHEN n.kept_of IS NULL THEN e.owner_refs ELSE o.owner_refs END, coalesce(o.shared, n.shared), coalesce(o.linked_at, now())
       FROM unnest(?::integer[], ?::integer[], ?::text[], ?::text[], ?::integer[], ?::boolean[], ?::integer[])
         AS n (container_id, entity_id, provenance, detail, taken_from, shared, kept_of)
       JOIN cost_entities e ON e.id = n.entity_id LEFT JOIN cost_links o ON o.container_id = n.kept_of
       ON CONFLICT (container_id) DO UPDATE SET
         entity_id = excluded.entity_id, provenance = excluded.provenance, detail = excluded.detail,
         taken_from = excluded.taken_from, owner_refs = excluded.owner_refs, shared = excluded.shared, linked_at = excluded.linked_at`,
      [
        ids,
        integerArray(linked.map(({ entityId }) => entityId)),
        textArray(linked.map(({ provenance }) => provenance)),
        textArray(linked.map(({ detail }) => detail)),
        integerArray(linked.map(({ takenFromId }) => takenFromId ?? null)),
        textArray(linked.map(({ isShared }) => String(isShared ?? false))),
        integerArray(linked.map(({ keptOf }) => keptOf ?? null)),
      ],
    );
    await this.#replaceRivals(all, batch);
  }

  async #replaceRivals(
    all: string,
    batch: readonly ContainerLink[],
  ): Promise<void> {
    await this.#tx.raw(
      'DELETE FROM cost_rival_claims WHERE container_id = ANY (?::integer[])',
      [all],
    );
    const rivals = batch.flatMap(({ id, rivals: of }) =>
      of.slice(0, MAX_RIVALS).map(rival => ({ ...rival, id })),
    );
    if (rivals.length > 0) {
      await this.#tx.raw(
        `INSERT INTO cost_rival_claims (container_id, entity_id, provenance, detail, reason)
         SELECT * FROM unnest(?::integer[], ?::integer[], ?::text[], ?::text[], ?::text[])`,
        [
          integerArray(rivals.map(({ id }) => id)),
          integerArray(rivals.map(({ entityId }) => entityId)),
          textArray(rivals.map(({ provenance }) => provenance)),
          textArray(rivals.map(({ detail }) => detail)),
          textArray(rivals.map(({ reason }) => reason)),
        ],
      );
    }
  }
}

function toContainer(row: {
  id: number;
  cluster: string;
  namespace: string;
  workload_kind: string;
  workload: string;
  container: string;
  labels: Record<string, string>;
  labels_sanitized: boolean;
  kubernetes_labels: Record<string, string> | null;
  held_by: string | null;
  held_since: Date | null;
  held_provenance: LinkProvenance | null;
  held_owner_refs: string[] | null;
  held_shared: boolean | null;
  held_id: number | null;
  held_of: number | null;
  held_taken_from: number | null;
  held_taken_from_ref: string | null;
}): StaleContainer {
  return {
    id: row.id,
    cluster: row.cluster,
    workload: {
      namespace: row.namespace,
      workloadKind: row.workload_kind,
      workload: row.workload,
      container: row.container,
      labels: row.labels,
      labelsSanitized: row.labels_sanitized,
      kubernetesLabels: row.kubernetes_labels ?? undefined,
    },
    ...(row.held_by !== null &&
      row.held_id !== null &&
      row.held_of !== null &&
      row.held_since !== null && {
        held: {
          entityRef: row.held_by,
          since: row.held_since.toISOString(),
          provenance: row.held_provenance ?? undefined,
          ownerRefs: row.held_owner_refs ?? undefined,
          isShared: row.held_shared ?? undefined,
          entityId: row.held_id,
          containerId: row.held_of,
          takenFromId: row.held_taken_from ?? undefined,
          takenFrom: row.held_taken_from_ref ?? undefined,
        },
      }),
  };
}
