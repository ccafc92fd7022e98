import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { OwnConnection } from './OwnConnection';
import { reasonOf } from './reasonOf';
import { suspectConnections } from './statementLimit';

/** @public */
export interface DatabaseHealthOptions {
  /** Says where the database is. Its pool is not used; its connections are looked at anew when the database was lost. */
  knex: Knex;
  logger: LoggerService;
  /** Milliseconds after which a database that doesn't answer is taken for lost. */
  patienceMs?: number;
}

const PATIENCE_MS = 5000;
/** How long an answer is believed before the database is asked again. */
const FRESH_MS = 1000;
/** A kubelet gives up after a second, so readiness is answered sooner. */
const READY_WITHIN_MS = 500;
/** A query that takes longer than any page does has a connection that hangs, or waits for one in vain. */
const LONGEST_WAIT_MS = 60_000;
/** What the driver says of a server that keeps silent. */
const SILENT = /timeout expired|Query read timeout|ETIMEDOUT/;

/**
 * Whether the database answers, over a connection of its own: a pool whose
 * connections are all busy is no lost database. It is asked when somebody wants
 * to know, once at a time: a database that hangs collects no questions.
 *
 * @public
 */
export class DatabaseHealth {
  readonly #knex: Knex;
  readonly #connection: OwnConnection;
  readonly #logger: LoggerService;
  readonly #patienceMs: number;
  #asking: { since: number; answer: Promise<boolean> } | undefined;
  #answeredAt = -Infinity;
  #isLost = false;
  #isClosed = false;

  static create(options: DatabaseHealthOptions) {
    return new DatabaseHealth(options);
  }

  private constructor({
    knex,
    logger,
    patienceMs = PATIENCE_MS,
  }: DatabaseHealthOptions) {
    this.#knex = knex;
    this.#connection = OwnConnection.create({ knex, timeoutMs: patienceMs });
    this.#logger = logger;
    this.#patienceMs = patienceMs;
  }

  /** Whether the database was asked longer ago than the patience lasts, and has not answered. */
  get hangs(): boolean {
    return this.#patienceLeftMs() <= 0;
  }

  /** Whether the database answers, as far as can be said within half a second. */
  async ready(): Promise<boolean> {
    return this.#within(READY_WITHIN_MS, () => !this.hangs);
  }

  /**
   * Resolves with true once the database is lost, or was waited for longer than
   * anybody should, or with false when nobody waits for it any more.
   */
  async lost(isAwaited: () => boolean): Promise<boolean> {
    const since = performance.now();
    while (isAwaited()) {
      await sleep(FRESH_MS, undefined, { ref: false });
      const waited = performance.now() - since;
      if (
        isAwaited() &&
        (waited > LONGEST_WAIT_MS || !(await this.#answers()))
      ) {
        return isAwaited();
      }
    }
    return false;
  }

  /** Ends the connection; the database is not asked any more. */
  close(): void {
    this.#isClosed = true;
    this.#connection.close();
  }

  async #answers(): Promise<boolean> {
    this.#ask();
    return this.#within(this.#patienceLeftMs(), () => false);
  }

  /** The answer of the database when it comes in time, else `otherwise`. */
  async #within(ms: number, otherwise: () => boolean): Promise<boolean> {
    const over = new AbortController();
    const { signal } = over;
    try {
      return await Promise.race([
        this.#ask(),
        sleep(Math.max(0, ms), undefined, { signal, ref: false }).then(
          otherwise,
        ),
      ]);
    } finally {
      over.abort();
    }
  }

  async #ask(): Promise<boolean> {
    if (performance.now() - this.#answeredAt < FRESH_MS) {
      return true;
    }
    this.#asking ??= { since: performance.now(), answer: this.#question() };
    return this.#asking.answer;
  }

  /** A database that keeps silent is asked again, over a new connection, until it answers. */
  async #question(): Promise<boolean> {
    let answer: boolean | undefined;
    while (answer === undefined) {
      try {
        await this.#connection.query('SELECT 1');
        answer = true;
      } catch (error) {
        const reason = reasonOf(error);
        this.#note(reason);
        answer = SILENT.test(reason) && !this.#isClosed ? undefined : false;
      }
    }
    this.#asking = undefined;
    if (answer) {
      this.#answeredAt = performance.now();
      this.#note(undefined);
    }
    if (this.#isClosed) {
      this.#connection.close();
    }
    return answer;
  }

  /** Logs when the database is lost and when it is back, not each time it is asked. */
  #note(reason: string | undefined): void {
    if (reason !== undefined && !this.#isLost && !this.#isClosed) {
      this.#logger.warn(`The database does not answer: ${reason}`);
      suspectConnections(this.#knex);
    } else if (reason === undefined && this.#isLost) {
      this.#logger.info('The database answers again');
    }
    this.#isLost = reason !== undefined;
  }

  #patienceLeftMs(): number {
    const since = this.#asking?.since ?? performance.now();
    return since + this.#patienceMs - performance.now();
  }
}
