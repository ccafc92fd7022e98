import { Knex } from 'knex';

/** What an owner is told. */
export interface Notice {
  /** Once for a key, in all processes. */
  key: string;
  /** Whose owners are told. */
  entityRef: string;
  title: string;
  description?: string;
  severity: 'high' | 'normal' | 'low';
  /** By which people mute. */
  topic: 'first-action' | 'waits' | 'failed' | 'contested' | 'undone';
  /** A later notice of the same scope stands in its place. */
  scope: string;
}

/** Whether a key is told for the first time; in the transaction of what is told. */
export type Once = (key: string, tx: Knex) => Promise<boolean>;

/** A notice whose turn it is. */
export interface DueNotice {
  notice: Notice;
  /** Which attempt it is, from 1. */
  attempt: number;
}

/** Seconds until the second attempt; they double from there. */
const FIRST_WAIT_SECONDS = 60;

/**
 * What owners are to be told: a notice is written down before it is sent, and stays
 * until it was taken.
 */
export class NoticeStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): NoticeStore {
    return new NoticeStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @returns whether it is new; a key is taken once. */
  async add(notice: Notice, once: Once): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      if (!(await once(`notice:${notice.key}`, tx))) {
        return false;
      }
      await tx('scaling_notices').insert({
        key: notice.key,
        notice: JSON.stringify(notice),
      });
      return true;
    });
  }

  /**
   * The notice that is due longest. It counts as tried, and nobody else takes it until
   * its next attempt is due.
   */
  async take(): Promise<DueNotice | undefined> {
    const { rows } = await this.#knex.raw(
      `UPDATE scaling_notices SET attempts = attempts + 1,
         next_at = clock_timestamp() + ? * power(2, attempts) * interval '1 second'
       WHERE key = (
         SELECT key FROM scaling_notices WHERE next_at <= clock_timestamp()
         ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING notice, attempts`,
      [FIRST_WAIT_SECONDS],
    );
    const [row] = rows;
    return row && { notice: row.notice, attempt: row.attempts };
  }

  /** It was taken, or is given up. */
  async delete({ key }: Notice): Promise<void> {
    await this.#knex('scaling_notices').where({ key }).delete();
  }
}
