import { textArray } from '@headroom/node';
import { Knex } from 'knex';
import { KillSwitch } from '../guards/facts';
import { KillSwitchRow, toKillSwitch } from './rows';

/**
 * The switches that stop what Headroom does: one for everything, and one an entity.
 * They are read from the database before each side effect; a write that has begun is
 * not called back.
 *
 * @public
 */
export class KillSwitches {
  readonly #knex: Knex;
  readonly #table: string;
  readonly #changed: (entityRef: string | undefined) => void;

  /** @internal */
  static create(options: {
    knex: Knex;
    prefix: string;
    onChange: (entityRef: string | undefined) => void;
  }): KillSwitches {
    return new KillSwitches(options);
  }

  private constructor({
    knex,
    prefix,
    onChange,
  }: Parameters<typeof KillSwitches.create>[0]) {
    this.#knex = knex;
    this.#table = `${prefix}_kill_switches`;
    this.#changed = onChange;
  }

  /** Every switch that was ever turned, the one for everything first. */
  async list(tx: Knex = this.#knex): Promise<KillSwitch[]> {
    const rows: KillSwitchRow[] = await tx(this.#table).orderBy('entity_ref');
    return rows.map(toKillSwitch);
  }

  /** The switch for everything, or that of an entity; undefined when it was never turned. */
  async get(entityRef?: string): Promise<KillSwitch | undefined> {
    const row: KillSwitchRow | undefined = await this.#knex(this.#table)
      .where({ entity_ref: entityRef ?? '' })
      .first();
    return row && toKillSwitch(row);
  }

  async set(
    change: Pick<KillSwitch, 'entityRef' | 'on' | 'by' | 'reason'>,
  ): Promise<KillSwitch> {
    const [row] = await this.#set([change.entityRef ?? ''], change);
    this.#changed(change.entityRef);
    return toKillSwitch(row);
  }

  /** Those of many entities, all or none. */
  async setAll(
    entityRefs: readonly string[],
    change: Pick<KillSwitch, 'on' | 'by' | 'reason'>,
  ): Promise<void> {
    if (entityRefs.length > 0) {
      await this.#set([...new Set(entityRefs)], change);
      this.#changed(entityRefs.length === 1 ? entityRefs[0] : undefined);
    }
  }

  async #set(
    names: readonly string[],
    { on, by, reason }: Pick<KillSwitch, 'on' | 'by' | 'reason'>,
  ): Promise<KillSwitchRow[]> {
    const { rows } = await this.#knex.raw<{ rows: KillSwitchRow[] }>(
      `INSERT INTO ?? (entity_ref, is_on, by_ref, reason)
       SELECT name, ?::boolean, ?::text, ?::text FROM unnest(?::text[]) AS name
       ON CONFLICT (entity_ref) DO UPDATE SET is_on = excluded.is_on, by_ref = excluded.by_ref,
         reason = excluded.reason, at = clock_timestamp() RETURNING *`,
      [this.#table, on, by, reason, textArray([...names])],
    );
    return rows;
  }
}
