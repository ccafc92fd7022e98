import { Knex } from 'knex';

/** A notice whose turn it is. @public */
export interface DueNotice<TNotice> {
  key: string;
  notice: TNotice;
  /** Which attempt it is, from 1. */
  attempt: number;
}

/** @public */
export interface NoticeOutboxOptions {
  knex: Knex;
  /**
   * Its columns are `key text PRIMARY KEY`, `notice jsonb NOT NULL`,
   * `attempts integer NOT NULL DEFAULT 0` and
   * `next_at timestamptz NOT NULL DEFAULT clock_timestamp()`.
   */
  table: string;
  /** Seconds until the second attempt; they double from there. Default: 60. */
  firstWaitSeconds?: number;
  /** And grow to this at most. Default: a day. */
  longestWaitSeconds?: number;
  /** Longer than sending one may take: for so long nobody else takes it. Default: 360. */
  leaseSeconds?: number;
}

/**
 * Notices on their way: one is written down before it is sent, in the transaction of
 * what it is about, and stays until it was taken.
 *
 * @public
 */
export class NoticeOutbox<TNotice extends object> {
  readonly #options: Required<NoticeOutboxOptions>;

  static create<TNotice extends object>(
    options: NoticeOutboxOptions,
  ): NoticeOutbox<TNotice> {
    return new NoticeOutbox<TNotice>(options);
  }

  private constructor(options: NoticeOutboxOptions) {
    this.#options = {
      firstWaitSeconds: 60,
      longestWaitSeconds: 86_400,
      leaseSeconds: 360,
      ...options,
    };
  }

  /** Writes it down, once for a key while it waits. */
  async add(tx: Knex, key: string, notice: TNotice): Promise<void> {
    await tx(this.#options.table)
      .insert({ key, notice: JSON.stringify(notice) })
      .onConflict('key')
      .ignore();
  }

  /**
   * The notice that is due longest. It counts as tried, and nobody else takes it while
   * it may still be sent: until that is over, or it is postponed.
   */
  async take(): Promise<DueNotice<TNotice> | undefined> {
    const { knex, table, leaseSeconds } = this.#options;
    const { rows } = await knex.raw(
      `UPDATE ?? SET attempts = attempts + 1,
         next_at = clock_timestamp() + ? * interval '1 second'
       WHERE key = (
         SELECT key FROM ?? WHERE next_at <= clock_timestamp()
         ORDER BY next_at, key LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING key, notice, attempts`,
      [table, leaseSeconds, table],
    );
    const [row] = rows;
    return row && { key: row.key, notice: row.notice, attempt: row.attempts };
  }

  /** It was not taken: it is due again, later each time. */
  async postpone({ key, attempt }: DueNotice<TNotice>): Promise<void> {
    const { knex, table, firstWaitSeconds, longestWaitSeconds } = this.#options;
    const seconds = Math.min(
      firstWaitSeconds * 2 ** Math.min(attempt - 1, 30),
      longestWaitSeconds,
    );
    await knex.raw(
      `UPDATE ?? SET next_at = clock_timestamp() + ? * interval '1 second' WHERE key = ? AND attempts = ?`,
      [table, seconds, key, attempt],
    );
  }

  /** It was taken, or is given up. */
  async delete(key: string): Promise<void> {
    const { knex, table } = this.#options;
    await knex(table).where({ key }).delete();
  }
}
