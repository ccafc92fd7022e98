import { setTimeout as sleep } from 'node:timers/promises';
import { Knex } from 'knex';

/** @internal */
export interface DatabaseHealthOptions {
  knex: Knex;
  /** Milliseconds after which a database that doesn't answer is taken for lost. */
  patienceMs?: number;
}

const PATIENCE_MS = 5000;
/** An answer is good for so long. */
const FRESH_MS = 1000;
/** Who asks for readiness gives up after a second, as a kubelet does. */
const READY_WITHIN_MS = 500;

/**
 * Whether the database answers, through the same pool as requests. It is asked
 * when somebody wants to know, once at a time: a database that hangs collects no
 * questions.
 */
export class DatabaseHealth {
  readonly #knex: Knex;
  readonly #patienceMs: number;
  #asking: { since: number; answer: Promise<boolean> } | undefined;
  #answeredAt = -Infinity;

  static create(options: DatabaseHealthOptions) {
    return new DatabaseHealth(options);
  }

  private constructor({
    knex,
    patienceMs = PATIENCE_MS,
  }: DatabaseHealthOptions) {
    this.#knex = knex;
    this.#patienceMs = patienceMs;
  }

  /** Whether it was asked longer ago than its patience lasts, and has not answered. */
  get hangs(): boolean {
    return this.#patienceLeftMs() <= 0;
  }

  /** Whether it answers, as far as can be said within half a second. */
  async ready(): Promise<boolean> {
    return this.#within(READY_WITHIN_MS, () => !this.hangs);
  }

  /** Resolves with true once the database is lost, or with false when nobody waits for it any more. */
  async lost(isAwaited: () => boolean): Promise<boolean> {
    while (isAwaited()) {
      await sleep(FRESH_MS, undefined, { ref: false });
      if (isAwaited() && !(await this.#answers())) {
        return isAwaited();
      }
    }
    return false;
  }

  async #answers(): Promise<boolean> {
    this.#ask();
    return this.#within(this.#patienceLeftMs(), () => false);
  }

  /** What the database says in time, or else what is said instead. */
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

  async #question(): Promise<boolean> {
    try {
      await this.#knex.raw('SELECT 1');
      this.#answeredAt = performance.now();
      return true;
    } catch {
      return false;
    } finally {
      this.#asking = undefined;
    }
  }

  #patienceLeftMs(): number {
    const since = this.#asking?.since ?? performance.now();
    return since + this.#patienceMs - performance.now();
  }
}
