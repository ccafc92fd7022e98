import { HOUR_MS, LinkableEntity } from '@headroom/common';
import { Knex } from 'knex';
import { OwnedEntity, slices, textArray, toNumber } from '@headroom/node';
import { ClaimsRow, toLinkable } from './toLinkable';

/** A catalog entity as it is kept here. */
export interface StoredEntity extends OwnedEntity {
  title?: string;
  specType?: string;
  /** The annotations that links depend on. */
  annotations: Record<string, string>;
  /** Where the catalog read it, e.g. `url:https://github.com/acme/web/catalog-info.yaml`. */
  location?: string;
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
const FIRST_READ_KEY = 'catalog-first-read';

/** A catalog that is read for the first time fills for a while: nothing in it is older than the rest. */
const FILLING_MS = HOUR_MS;

/** How long an entity may be gone before it loses what it had to others that claim it. */
const GRACE = "interval '7 days'";

/**
 * Whether what was read is another entity of a name that is known: it comes back
 * from elsewhere or with other owners, or is read elsewhere and then has other
 * owners. Its home is where its owners were first seen, and empty once it was read
 * elsewhere: who was there meanwhile can't be told.
 */
const isAnother = (read: string) => `CASE WHEN e.vanished_at IS NULL
  THEN e.owner_refs <> ${read}.owner_refs AND coalesce(e.home <> ${read}.location, false)
  ELSE (e.owner_refs, e.location) IS DISTINCT FROM (${read}.owner_refs, ${read}.location) END`;
const IS_TAKEN = isAnother('n');
const IS_ANOTHER = isAnother('excluded');

/**
 * Who had a name keeps what is counted for it, under a reference that no catalog
 * accepts. Bound: the entities, twice the time it is.
 */
const PART_FROM_FORMER = `
  WITH new AS (
    SELECT * FROM jsonb_to_recordset(?::jsonb) AS n (entity_ref text, owner_refs text[], location text)
  )
  UPDATE cost_entities e SET vanished_at = coalesce(e.vanished_at, ?::timestamptz),
    entity_ref = e.entity_ref || '@' || to_char(?::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD') || '-' || e.id
  FROM new n WHERE n.entity_ref = e.entity_ref AND e.kind <> 'group' AND ${IS_TAKEN}
    AND (EXISTS (SELECT 1 FROM cost_links l WHERE l.entity_id = e.id)
      OR EXISTS (SELECT 1 FROM cost_unit_days u WHERE u.entity_ref = e.entity_ref))
  RETURNING n.entity_ref AS name, e.entity_ref AS former`;

/**
 * Writes only rows that differ; counts those that links may depend on. Bound: the
 * entities, twice since when what is new in them holds, and twice the time it is.
 * Owners that change are new even while a catalog fills; only those of an entity
 * that had none yet were there before.
 */
const UPSERT = `
  WITH new AS (
    SELECT * FROM jsonb_to_recordset(?::jsonb) AS n (
      entity_ref text, kind text, namespace text, name text, title text, spec_type text,
      system_ref text, owner_refs text[], labels jsonb, annotations jsonb, lifecycle text, appetite text, location text)
  ), old AS (
    SELECT e.entity_ref, e.annotations, e.owner_refs, e.location, e.vanished_at FROM cost_entities e JOIN new USING (entity_ref)
  ), written AS (
    INSERT INTO cost_entities AS e (entity_ref, kind, namespace, name, title, spec_type, system_ref, owner_refs, labels, annotations,
      lifecycle, appetite, location, home, claims_since, owners_since)
    SELECT entity_ref, kind, namespace, name, title, spec_type, system_ref, owner_refs, labels, annotations,
      lifecycle, appetite, location, location, ?::timestamptz, ?::timestamptz FROM new
    ON CONFLICT (entity_ref) DO UPDATE SET
      title = excluded.title, spec_type = excluded.spec_type, system_ref = excluded.system_ref,
      owner_refs = excluded.owner_refs, labels = excluded.labels, annotations = excluded.annotations,
      lifecycle = excluded.lifecycle, appetite = excluded.appetite, location = excluded.location, vanished_at = NULL,
      claims_since = CASE WHEN e.annotations = excluded.annotations AND NOT ${IS_ANOTHER}
        AND (e.vanished_at IS NULL OR e.vanished_at > ?::timestamptz - ${GRACE}) THEN e.claims_since ELSE excluded.claims_since END,
      home = CASE WHEN e.owner_refs <> excluded.owner_refs OR ${IS_ANOTHER} THEN excluded.location
        WHEN e.location <> excluded.location THEN '' ELSE coalesce(e.home, excluded.location) END,
      owners_since = CASE WHEN e.owner_refs = excluded.owner_refs AND e.location IS NOT DISTINCT FROM excluded.location THEN e.owners_since
        WHEN e.owner_refs = '{}' AND e.owners_since = excluded.owners_since THEN e.owners_since ELSE ?::timestamptz END
    WHERE (e.title, e.spec_type, e.system_ref, e.owner_refs, e.labels, e.annotations, e.lifecycle, e.appetite, e.location, e.vanished_at)
      IS DISTINCT FROM (excluded.title, excluded.spec_type, excluded.system_ref, excluded.owner_refs,
        excluded.labels, excluded.annotations, excluded.lifecycle, excluded.appetite, excluded.location, NULL::timestamptz)
    RETURNING entity_ref, annotations, owner_refs, location
  )
  SELECT count(*) AS written, count(*) FILTER (
    WHERE o.entity_ref IS NULL OR o.vanished_at IS NOT NULL
      OR (o.annotations, o.owner_refs, o.location) IS DISTINCT FROM (w.annotations, w.owner_refs, w.location)) AS affected
  FROM written w LEFT JOIN old o USING (entity_ref)`;

/**
 * What an entity took over from another of its owner goes back at once when it is
 * somebody else's: nobody may see it for the moment until links are made anew.
 */
const GIVE_BACK = `
  UPDATE cost_links l SET entity_id = l.taken_from, taken_from = NULL
  FROM cost_entities e, cost_entities f
  WHERE e.id = l.entity_id AND f.id = l.taken_from
    AND f.owner_refs <@ l.owner_refs AND NOT (e.owner_refs <@ l.owner_refs)`;

/** What it had before others of its owner, who claimed it no later, is nobody's until it is settled anew. */
const LET_GO = `
  WITH gone AS (
    DELETE FROM cost_links l USING cost_entities e
    WHERE e.id = l.entity_id AND e.vanished_at IS NULL AND l.shared
      AND NOT (e.owner_refs <@ l.owner_refs) AND l.provenance <> 'config'
    RETURNING l.container_id
  )
  UPDATE cost_containers SET link_stale = true WHERE id IN (SELECT container_id FROM gone)`;

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
   * vanished and keeps its history, also when its name is taken by another. All or
   * nothing.
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
      const since = await newSince(tx, now);
      let affected = 0;
      let written = 0;
      for await (const slice of slices(entities, 500)) {
        const read = JSON.stringify(slice.map(toRow));
        await partFromFormer(tx, read, now);
        const { rows } = await tx.raw(UPSERT, [read, since, since, now, now]);
        affected += toNumber(rows[0].affected);
        written += toNumber(rows[0].written);
      }
      await tx.raw(GIVE_BACK);
      await tx.raw(LET_GO);
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
      await releaseVanished(tx, now);
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

  /** Entities that workloads can be linked to, and those that may keep what they had, with their ids. */
  async listLinkable(
    tx: Knex,
  ): Promise<Array<LinkableEntity & { id: number }>> {
    const { rows } = await tx.raw(
      `SELECT id, entity_ref, kind, namespace, name, annotations, owner_refs, location, claims_since, owners_since,
         vanished_at IS NOT NULL AS vanished, home IS DISTINCT FROM location AS moved
       FROM cost_entities
       WHERE kind <> 'group' AND (vanished_at IS NULL OR vanished_at > now() - ${GRACE})`,
    );
    return rows.map((row: LinkableRow): LinkableEntity & { id: number } => ({
      ...toLinkable(row),
      id: row.id,
      entityRef: row.entity_ref,
      claimsSince: row.claims_since.toISOString(),
      ownersSince: row.owners_since.toISOString(),
      ...(row.vanished && { vanished: true }),
      ...(row.moved && { moved: true }),
    }));
  }
}

interface LinkableRow extends ClaimsRow {
  id: number;
  entity_ref: string;
  claims_since: Date;
  owners_since: Date;
  vanished: boolean;
  moved: boolean;
}

/** Leaves a name that another entity has taken to that, without what was counted for it. */
async function partFromFormer(
  tx: Knex,
  read: string,
  now: Date,
): Promise<void> {
  const { rows } = await tx.raw(PART_FROM_FORMER, [read, now, now]);
  if (rows.length === 0) {
    return;
  }
  const names = textArray(rows.map(({ name }: { name: string }) => name));
  const formers = textArray(
    rows.map(({ former }: { former: string }) => former),
  );
  for (const table of ['cost_unit_hours', 'cost_unit_days']) {
    await tx.raw(
      `UPDATE ${table} u SET entity_ref = r.former
       FROM unnest(?::text[], ?::text[]) AS r (name, former) WHERE u.entity_ref = r.name`,
      [names, formers],
    );
  }
}

/** Since when what a reading shows for the first time is so. */
async function newSince(tx: Knex, now: Date): Promise<Date> {
  await tx('cost_meta')
    .insert({ key: FIRST_READ_KEY, value: now.toISOString() })
    .onConflict('key')
    .ignore();
  const row = await tx('cost_meta').where({ key: FIRST_READ_KEY }).first();
  const first = new Date(row.value);
  return now.getTime() - first.getTime() < FILLING_MS ? first : now;
}

/** What an entity that has been gone for long still has, and others claim, is linked again. */
async function releaseVanished(tx: Knex, now: Date): Promise<void> {
  await tx.raw(
    `UPDATE cost_containers SET link_stale = true WHERE id IN (
       SELECT l.container_id FROM cost_links l
       JOIN cost_entities e ON e.id = l.entity_id AND e.vanished_at <= ?::timestamptz - ${GRACE}
       JOIN cost_rival_claims r ON r.container_id = l.container_id AND r.reason = 'held')`,
    [now],
  );
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
    location: entity.location ?? null,
  };
}
