import { LinkableEntity, toLinkableEntity } from '@headroom/plugin-cost-common';
import { CostEntity } from '@headroom/plugin-cost-node';
import { Knex } from 'knex';
import { slices, textArray, toNumber } from './values';

/** A catalog entity as it is kept here. */
export interface StoredEntity extends CostEntity {
  title?: string;
  specType?: string;
  /** The annotations that links depend on. */
  annotations: Record<string, string>;
  /** `spec.lifecycle`. */
  lifecycle?: string;
  /** Annotation `headroom.io/appetite`, as written. */
  appetite?: string;
}

/** A group and the group above it. */
export interface GroupEdge {
  group: string;
  parent: string;
}

/** Held exclusively while the catalog is taken over, shared while links are made from it. */
const LOCK = "hashtext('headroom-cost-entities')";
const GENERATION_KEY = 'catalog-generation';

/** Writes only rows that differ; counts those whose annotations or life changed. */
const UPSERT = `
  WITH new AS (
    SELECT * FROM jsonb_to_recordset(?::jsonb) AS n (
      entity_ref text, kind text, namespace text, name text, title text, spec_type text,
      system_ref text, owner_refs text[], labels jsonb, annotations jsonb, lifecycle text, appetite text)
  ), old AS (
    SELECT e.entity_ref, e.annotations, e.vanished_at FROM cost_entities e JOIN new USING (entity_ref)
  ), written AS (
    INSERT INTO cost_entities (entity_ref, kind, namespace, name, title, spec_type, system_ref, owner_refs, labels, annotations, lifecycle, appetite)
    SELECT entity_ref, kind, namespace, name, title, spec_type, system_ref, owner_refs, labels, annotations, lifecycle, appetite FROM new
    ON CONFLICT (entity_ref) DO UPDATE SET
      title = excluded.title, spec_type = excluded.spec_type, system_ref = excluded.system_ref,
      owner_refs = excluded.owner_refs, labels = excluded.labels, annotations = excluded.annotations,
      lifecycle = excluded.lifecycle, appetite = excluded.appetite, vanished_at = NULL
    WHERE (cost_entities.title, cost_entities.spec_type, cost_entities.system_ref, cost_entities.owner_refs,
        cost_entities.labels, cost_entities.annotations, cost_entities.lifecycle, cost_entities.appetite, cost_entities.vanished_at)
      IS DISTINCT FROM (excluded.title, excluded.spec_type, excluded.system_ref, excluded.owner_refs,
        excluded.labels, excluded.annotations, excluded.lifecycle, excluded.appetite, NULL::timestamptz)
    RETURNING entity_ref, annotations
  )
  SELECT count(*) AS written, count(*) FILTER (
    WHERE o.entity_ref IS NULL OR o.vanished_at IS NOT NULL OR o.annotations <> w.annotations) AS affected
  FROM written w LEFT JOIN old o USING (entity_ref)`;

/** A copy of what costs need of the catalog. */
export class EntityStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new EntityStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Takes over a complete reading of the catalog. What is not in it is marked as
   * vanished and keeps its history. All or nothing.
   *
   * @returns whether anything changed; links that may have are marked stale.
   */
  async replaceAll(
    entities: readonly StoredEntity[],
    edges: readonly GroupEdge[],
    now: Date,
  ): Promise<{ changed: boolean; vanished: number }> {
    return this.#knex.transaction(async tx => {
      await tx.raw(`SELECT pg_advisory_xact_lock(${LOCK})`);
      let affected = 0;
      let written = 0;
      for await (const slice of slices(entities, 500)) {
        const { rows } = await tx.raw(UPSERT, [
          JSON.stringify(slice.map(toRow)),
        ]);
        affected += toNumber(rows[0].affected);
        written += toNumber(rows[0].written);
      }
      const vanished = await tx('cost_entities')
        .whereNull('vanished_at')
        .whereRaw('NOT (entity_ref = ANY (?::text[]))', [
          textArray(entities.map(({ entityRef }) => entityRef)),
        ])
        .update({ vanished_at: now });
      await tx('cost_groups').delete();
      for await (const slice of slices(edges)) {
        await tx.raw(
          `INSERT INTO cost_groups (group_ref, parent_ref)
           SELECT * FROM unnest(?::text[], ?::text[]) ON CONFLICT DO NOTHING`,
          [
            textArray(slice.map(({ group }) => group)),
            textArray(slice.map(({ parent }) => parent)),
          ],
        );
      }
      if (affected > 0 || vanished > 0) {
        await tx('cost_containers')
          .where({ bucket: 'workload' })
          .update({ link_stale: true });
        await tx.raw(
          `INSERT INTO cost_meta (key, value) VALUES (?, '1')
           ON CONFLICT (key) DO UPDATE SET value = (cost_meta.value::bigint + 1)::text`,
          [GENERATION_KEY],
        );
      }
      return { changed: written > 0 || vanished > 0, vanished };
    });
  }

  /** How many entities the catalog had at the last reading. */
  async countLive(): Promise<number> {
    const row = await this.#knex('cost_entities')
      .whereNull('vanished_at')
      .count({ count: '*' })
      .first();
    return toNumber(row?.count);
  }

  /** Entities by reference, in the order asked for; undefined for unknown ones. Unfiltered. */
  async findByRefs(refs: string[]): Promise<Array<CostEntity | undefined>> {
    const rows = await this.#knex('cost_entities').whereIn('entity_ref', refs);
    const byRef = new Map(rows.map(row => [row.entity_ref, fromRow(row)]));
    return refs.map(ref => byRef.get(ref));
  }

  /**
   * Keeps the catalog as it is until the transaction ends.
   *
   * @returns its generation: another one when links may have changed since.
   */
  async hold(tx: Knex): Promise<string> {
    await tx.raw(`SELECT pg_advisory_xact_lock_shared(${LOCK})`);
    const row = await tx('cost_meta').where({ key: GENERATION_KEY }).first();
    return row?.value ?? '0';
  }

  /** Entities that workloads can be linked to, with their ids. */
  async listLinkable(
    tx: Knex,
  ): Promise<Array<LinkableEntity & { id: number }>> {
    const rows = await tx('cost_entities')
      .whereNull('vanished_at')
      .whereNot({ kind: 'group' })
      .select('id', 'kind', 'namespace', 'name', 'annotations');
    return rows.map(({ id, kind, namespace, name, annotations }) => ({
      id,
      ...toLinkableEntity({
        apiVersion: 'backstage.io/v1alpha1',
        kind,
        metadata: { namespace, name, annotations },
      }),
    }));
  }
}

function toRow(entity: StoredEntity) {
  return {
    entity_ref: entity.entityRef,
    kind: entity.kind,
    namespace: entity.namespace,
    name: entity.name,
    title: entity.title ?? null,
    spec_type: entity.specType ?? null,
    system_ref: entity.systemRef ?? null,
    owner_refs: entity.ownerRefs,
    labels: entity.labels,
    annotations: entity.annotations,
    lifecycle: entity.lifecycle ?? null,
    appetite: entity.appetite ?? null,
  };
}

function fromRow(row: {
  entity_ref: string;
  kind: string;
  namespace: string;
  name: string;
  owner_refs: string[];
  system_ref: string | null;
  labels: Record<string, string>;
}): CostEntity {
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
