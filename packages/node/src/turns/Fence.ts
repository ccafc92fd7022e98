import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';

/**
 * Somebody else has the turn by now: what this process would write is theirs.
 *
 * @public
 */
export class OvertakenError extends ConflictError {}

/** @public */
export interface FenceOptions {
  /**
   * Begins the name of its table, that of the {@link ScheduledTurns}: with `cost` it
   * is `cost_fences`, whose columns are `task text PRIMARY KEY` and
   * `number integer NOT NULL`, or a `bigint`.
   */
  prefix: string;
  /** The scheduled work whose writes it guards. */
  task: string;
}

/**
 * Keeps a process that was paused from writing after its turn was given to
 * another: signals that abort reach it only when it runs again. Each turn gets a
 * number from the database that only grows; a write is made only while that
 * number is the newest, which is asked in the transaction of the write.
 *
 * @see https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html, "fencing tokens"
 * @public
 */
export class Fence {
  readonly task: string;
  readonly #table: string;
  /** Of the turn that this process has, or had last. */
  #number: number | undefined;

  static create(options: FenceOptions): Fence {
    return new Fence(options);
  }

  private constructor({ prefix, task }: FenceOptions) {
    this.#table = `${prefix}_fences`;
    this.task = task;
  }

  /**
   * Call it in the transaction of a write. No turn begins elsewhere before that
   * transaction ends; several of one turn do not wait for each other. Work that
   * never had a turn, such as a command's, is let through.
   *
   * `idleMs`: milliseconds after which the database ends the
   * transaction of a process that was stopped in it, so that it holds nobody up;
   * default: what is configured
   * @throws OvertakenError when another turn has begun since.
   */
  async guard(tx: Knex, { idleMs }: { idleMs?: number } = {}): Promise<void> {
    if (this.#number === undefined) {
      return;
    }
    const [limit, ...limited] =
      idleMs === undefined
        ? ['']
        : [
            ", set_config('idle_in_transaction_session_timeout', ?, true)",
            String(idleMs),
          ];
    const { rows } = await tx.raw(
      `SELECT 1${limit} FROM ?? WHERE task = ? AND number = ? FOR SHARE`,
      [...limited, this.#table, this.task, this.#number],
    );
    if (rows.length === 0) {
      throw new OvertakenError(
        `Turn ${this.#number} of ${
          this.task
        } is over, and another has begun; nothing more is written by it`,
      );
    }
  }

  /** Runs a write in a transaction of its own. @throws OvertakenError, as {@link Fence.guard} does. */
  async write<T>(knex: Knex, work: (tx: Knex) => Promise<T>): Promise<T> {
    return knex.transaction(async tx => {
      await this.guard(tx);
      return work(tx);
    });
  }

  /**
   * Begins a turn: those before it can write no more. Waits for what they are
   * writing.
   *
   * @returns its number.
   */
  async raise(knex: Knex): Promise<number> {
    const { rows } = await knex.raw(
      `INSERT INTO ?? AS f (task, number) VALUES (?, 1)
       ON CONFLICT (task) DO UPDATE SET number = f.number + 1 RETURNING number`,
      [this.#table, this.task],
    );
    const number = Number(rows[0].number);
    this.#number = number;
    return number;
  }
}
