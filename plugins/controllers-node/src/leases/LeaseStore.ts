import { Knex } from 'knex';

/** When the lease of a name ends, and whose it is by token. By the clock of the database. */
export class LeaseStore {
  readonly #knex: Knex;
  readonly #table: string;
  readonly #name: string;
  readonly #ttlMs: number;

  static create(options: {
    knex: Knex;
    table: string;
    name: string;
    ttlMs: number;
  }) {
    return new LeaseStore(options);
  }

  private constructor({
    knex,
    table,
    name,
    ttlMs,
  }: Parameters<typeof LeaseStore.create>[0]) {
    this.#knex = knex;
    this.#table = table;
    this.#name = name;
    this.#ttlMs = ttlMs;
  }

  /** Takes the lease where it is nobody's; the row stays locked until the transaction ends. */
  async take(tx: Knex, holder: string): Promise<boolean> {
    const { rows } = await tx.raw(
      `INSERT INTO ?? AS l (name, holder, token, expires_at)
       VALUES (?, ?, 0, clock_timestamp() + ? * interval '1 millisecond')
       ON CONFLICT (name) DO UPDATE SET holder = excluded.holder,
         expires_at = clock_timestamp() + ? * interval '1 millisecond'
       WHERE l.expires_at <= clock_timestamp() RETURNING 1`,
      [this.#table, this.#name, holder, this.#ttlMs, this.#ttlMs],
    );
    return rows.length > 0;
  }

  /** Notes under which token it was taken. */
  async number(tx: Knex, token: number): Promise<void> {
    await tx(this.#table).where({ name: this.#name }).update({ token });
  }

  /** @returns milliseconds that it lasts from now; undefined when it is another's. */
  async renew(token: number): Promise<number | undefined> {
    const { rows } = await this.#knex.raw(
      `UPDATE ?? SET expires_at = clock_timestamp() + ? * interval '1 millisecond'
       WHERE name = ? AND token = ? RETURNING 1`,
      [this.#table, this.#ttlMs, this.#name, token],
    );
    return rows.length > 0 ? this.#ttlMs : undefined;
  }

  async release(token: number): Promise<void> {
    await this.#knex.raw(
      'UPDATE ?? SET expires_at = clock_timestamp() WHERE name = ? AND token = ?',
      [this.#table, this.#name, token],
    );
  }
}
