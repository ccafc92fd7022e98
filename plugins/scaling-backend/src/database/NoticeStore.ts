import { NoticeOutbox } from '@headroom/node';
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

/**
 * What owners are to be told, once for a key; see {@link NoticeOutbox}.
 */
export class NoticeStore {
  readonly outbox: NoticeOutbox<Notice>;
  readonly #knex: Knex;

  static create(options: { knex: Knex }): NoticeStore {
    return new NoticeStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
    this.outbox = NoticeOutbox.create({ knex, table: 'scaling_notices' });
  }

  /** @returns whether it is new; a key is taken once. */
  async add(notice: Notice, once: Once): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      if (!(await once(`notice:${notice.key}`, tx))) {
        return false;
      }
      await this.outbox.add(tx, notice.key, notice);
      return true;
    });
  }
}
