import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fence, OvertakenError } from '@headroom/node';
import { Knex } from 'knex';
import { HeldLease } from './HeldLease';
import { LeaseStore } from './LeaseStore';

/** @public */
export interface LeasesOptions {
  knex: Knex;
  /** Begins the names of its tables: see `createControllerTables`. */
  prefix: string;
  /** What one process at a time does. */
  name: string;
  /** Milliseconds that a lease lasts unless it is renewed. Default 30,000. */
  ttlMs?: number;
  /** Milliseconds before its end in which no side effect begins any more. Default 5,000. */
  marginMs?: number;
}

const TTL_MS = 30_000;
const MARGIN_MS = 5000;
/** A holder before that is still writing is waited for so long; the next try may get it. */
const WAIT_MS = 2000;

/**
 * A lease in PostgreSQL: one process has it at a time by the clock of the database,
 * so that the clocks of processes need not agree. Each time it is taken its token
 * grows; what is written under it is refused once another one has taken it.
 *
 * @public
 */
export class Leases {
  readonly #knex: Knex;
  readonly #store: LeaseStore;
  readonly #fence: { prefix: string; task: string };
  readonly #ttlMs: number;
  readonly #marginMs: number;
  readonly #holder = randomUUID();

  static create(options: LeasesOptions): Leases {
    return new Leases(options);
  }

  private constructor({
    knex,
    prefix,
    name,
    ttlMs = TTL_MS,
    marginMs = MARGIN_MS,
  }: LeasesOptions) {
    if (marginMs >= ttlMs) {
      throw new TypeError(
        `A lease of ${ttlMs} ms has no time for anything with a margin of ${marginMs} ms`,
      );
    }
    this.#knex = knex;
    this.#fence = { prefix: `${prefix}_lease`, task: name };
    this.#store = LeaseStore.create({
      knex,
      table: `${prefix}_leases`,
      name,
      ttlMs,
    });
    this.#ttlMs = ttlMs;
    this.#marginMs = marginMs;
  }

  /** Undefined when another process has it, or is still writing under it. */
  async acquire(): Promise<HeldLease | undefined> {
    const fence = Fence.create(this.#fence);
    // Before the question: the database's clock reads later than this.
    const asked = performance.now();
    const taken = await this.#knex
      .transaction(async tx => {
        await tx.raw(`SET LOCAL lock_timeout = ${WAIT_MS}`);
        if (!(await this.#store.take(tx, this.#holder))) {
          return undefined;
        }
        const token = await fence.raise(tx);
        await this.#store.number(tx, token);
        return token;
      })
      .catch(error => {
        if (isLockTimeout(error)) {
          return undefined;
        }
        throw error;
      });
    return taken === undefined
      ? undefined
      : HeldLease.of({
          knex: this.#knex,
          fence,
          store: this.#store,
          token: taken,
          marginMs: this.#marginMs,
          deadline: asked + this.#ttlMs,
        });
  }

  /**
   * Works while this process has the lease, and renews it meanwhile.
   *
   * @param work - its signal aborts when the lease is lost, or `signal` aborts
   * @returns what work does; undefined when another process has the lease.
   * @throws what work does; OvertakenError when the lease was lost.
   */
  async hold<T>(
    signal: AbortSignal,
    work: (lease: HeldLease, signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    signal.throwIfAborted();
    const lease = await this.acquire();
    if (!lease) {
      return undefined;
    }
    const over = new AbortController();
    const done = new AbortController();
    const lost = AbortSignal.any([signal, over.signal]);
    const renewing = this.#renew(lease, over, done.signal);
    try {
      return await work(lease, lost);
    } finally {
      done.abort();
      await renewing;
      // Nobody else has to be told when it fails: its time ends by itself.
      await lease.release().catch(() => undefined);
    }
  }

  async #renew(
    lease: HeldLease,
    over: AbortController,
    done: AbortSignal,
  ): Promise<void> {
    const everyMs = this.#ttlMs / 3;
    while (!done.aborted && !over.signal.aborted) {
      await sleep(everyMs, undefined, { signal: done, ref: false }).catch(
        () => undefined,
      );
      if (done.aborted) {
        return;
      }
      try {
        await lease.renew();
      } catch (error) {
        // A database that is away may be back before the lease is over.
        if (error instanceof OvertakenError || lease.leftMs <= 0) {
          over.abort(error);
        }
      }
    }
  }
}

/** SQLSTATE lock_not_available. */
function isLockTimeout(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === '55P03';
}
