import { HOUR_MS } from '@headroom/common';
import { Knex } from 'knex';
import { slices, textArray, toNumber } from '../database/values';
import { claiming, partFromFormer, upsert } from './entitySql';
import { GroupEdge, MirroredEntity, StoredEntity } from './StoredEntity';

const GENERATION_KEY = 'catalog-generation';
const FIRST_READ_KEY = 'catalog-first-read';

/** A catalog that is read for the first time fills for a while: nothing in it is older than the rest. */
const FILLING_MS = HOUR_MS;

/** A name that another entity has taken. @public */
export interface PartedName {
  name: string;
  /** The reference of who had it, e.g. `component:default/web@2026-05-01-12`. */
  former: string;
}

/**
 * What a plugin keeps beside its mirror follows by hooks, each in the transaction
 * of a reading.
 *
 * @public
 */
export interface EntityMirrorOptions {
  knex: Knex;
  /** Begins the names of its tables, e.g. `cost` for those that `createEntityTables(knex, 'cost')` makes. */
  prefix: string;
  /**
   * SQL over a row `e` of the entities: whether anything is kept for it. What has
   * nothing gives up its row with its name; unless given, everything has.
   */
  hasHistory?: string;
  /** Others have taken these names: what is kept by name is moved to who had it. */
  onParted?(tx: Knex, names: PartedName[]): Promise<void>;
  /** Each reading: the entities are written, and those that left are not marked yet. */
  onWritten?(tx: Knex, now: Date): Promise<void>;
  /** Who claims what may be another: an entity came, left, or has other annotations, owners or another place. */
  onClaimsChanged?(tx: Knex): Promise<void>;
}

/** A copy of what a plugin needs of the catalog. @public */
export class EntityMirror {
  readonly #options: EntityMirrorOptions;

  static create(options: EntityMirrorOptions): EntityMirror {
    return new EntityMirror(options);
  }

  private constructor(options: EntityMirrorOptions) {
    this.#options = options;
  }

  /**
   * Takes over a complete reading of the catalog. What is not in it is marked as
   * vanished and keeps its history, also when its name is taken by another. All or
   * nothing.
   *
   * @returns whether anything changed, and how many entities left.
   */
  async replaceAll(
    entities: readonly StoredEntity[],
    edges: readonly GroupEdge[],
    now: Date,
  ): Promise<{ changed: boolean; vanished: number }> {
    const { knex, prefix, onWritten, onClaimsChanged } = this.#options;
    return knex.transaction(async tx => {
      await tx.raw(`SELECT pg_advisory_xact_lock(${this.#lock})`);
      const { written, affected } = await this.#write(tx, entities, now);
      await onWritten?.(tx, now);
      const vanished = await tx(`${prefix}_entities`)
        .whereNull('vanished_at')
        .whereRaw('NOT (entity_ref = ANY (?::text[]))', [
          textArray(entities.map(({ entityRef }) => entityRef)),
        ])
        .update({ vanished_at: now });
      await this.#replaceGroups(tx, edges);
      if (affected > 0 || vanished > 0) {
        await onClaimsChanged?.(tx);
        await tx.raw(
          `INSERT INTO ${this.#meta} AS m (key, value) VALUES (?, '1')
           ON CONFLICT (key) DO UPDATE SET value = (m.value::bigint + 1)::text`,
          [GENERATION_KEY],
        );
      }
      return { changed: written > 0 || vanished > 0, vanished };
    });
  }

  /** How many entities the catalog had at the last reading. */
  async countLive(): Promise<number> {
    const { knex, prefix } = this.#options;
    const row = await knex(`${prefix}_entities`)
      .whereNull('vanished_at')
      .count({ count: '*' })
      .first();
    return toNumber(row?.count);
  }

  /**
   * Keeps the catalog as it is until the transaction ends.
   *
   * @returns its generation: another one when claims may have changed since.
   */
  async hold(tx: Knex): Promise<string> {
    await tx.raw(`SELECT pg_advisory_xact_lock_shared(${this.#lock})`);
    const row = await tx(this.#meta).where({ key: GENERATION_KEY }).first();
    return row?.value ?? '0';
  }

  /** All but groups: entities of the catalog, and those that left it so short ago that they may keep what they had. */
  async listEntities(tx: Knex): Promise<MirroredEntity[]> {
    const { rows } = await tx.raw(claiming(this.#options.prefix));
    return rows.map(toMirroredEntity);
  }

  get #meta(): string {
    return `${this.#options.prefix}_meta`;
  }

  /** Held exclusively while the catalog is taken over, shared while something is made from it. */
  get #lock(): string {
    return `hashtext('headroom-${this.#options.prefix}-entities')`;
  }

  async #write(tx: Knex, entities: readonly StoredEntity[], now: Date) {
    const since = await this.#newSince(tx, now);
    const counts = { written: 0, affected: 0 };
    for await (const slice of slices(entities, 500)) {
      const read = JSON.stringify(slice.map(toRow));
      await this.#partFromFormer(tx, read, now);
      const { rows } = await tx.raw(upsert(this.#options.prefix), [
        read,
        since,
        since,
        now,
        now,
      ]);
      counts.affected += toNumber(rows[0].affected);
      counts.written += toNumber(rows[0].written);
    }
    return counts;
  }

  /** Since when what a reading shows for the first time is so. */
  async #newSince(tx: Knex, now: Date): Promise<Date> {
    await tx(this.#meta)
      .insert({ key: FIRST_READ_KEY, value: now.toISOString() })
      .onConflict('key')
      .ignore();
    const row = await tx(this.#meta).where({ key: FIRST_READ_KEY }).first();
    const first = new Date(row.value);
    return now.getTime() - first.getTime() < FILLING_MS ? first : now;
  }

  /** Leaves a name that another entity has taken to that, without what was kept for it. */
  async #partFromFormer(tx: Knex, read: string, now: Date): Promise<void> {
    const { prefix, hasHistory = 'true', onParted } = this.#options;
    const { rows } = await tx.raw(partFromFormer(prefix, hasHistory), [
      read,
      now,
      now,
    ]);
    if (rows.length > 0) {
      await onParted?.(tx, rows);
    }
  }

  async #replaceGroups(tx: Knex, edges: readonly GroupEdge[]): Promise<void> {
    const table = `${this.#options.prefix}_groups`;
    await tx(table).delete();
    for await (const slice of slices(edges)) {
      await tx.raw(
        `INSERT INTO ${table} (group_ref, parent_ref)
         SELECT * FROM unnest(?::text[], ?::text[]) ON CONFLICT DO NOTHING`,
        [
          textArray(slice.map(({ group }) => group)),
          textArray(slice.map(({ parent }) => parent)),
        ],
      );
    }
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
    location: entity.location ?? null,
  };
}

function toMirroredEntity(row: {
  id: number;
  entity_ref: string;
  kind: string;
  namespace: string;
  name: string;
  annotations: Record<string, string>;
  owner_refs: string[];
  location: string | null;
  claims_since: Date;
  owners_since: Date;
  vanished: boolean;
  moved: boolean;
}): MirroredEntity {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    kind: row.kind,
    namespace: row.namespace,
    name: row.name,
    annotations: row.annotations,
    ownerRefs: row.owner_refs,
    location: row.location ?? undefined,
    claimsSince: row.claims_since.toISOString(),
    ownersSince: row.owners_since.toISOString(),
    isVanished: row.vanished,
    isMoved: row.moved,
  };
}
