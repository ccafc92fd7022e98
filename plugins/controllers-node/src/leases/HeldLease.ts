import { Fence, OvertakenError } from '@headroom/node';
import { Knex } from 'knex';
import { LeaseStore } from './LeaseStore';

/** The time of a lease is over, or about to be: no side effect may begin. @public */
export class LeaseOverError extends OvertakenError {}

/** What keeps the transaction of a process that was stopped from holding up the next holder. */
const IDLE_TRANSACTION_MS = 10_000;

/**
 * A lease that this process has, until its time is over by the monotonic clock or
 * another process has it. Its token is greater than that of every lease of this name
 * before.
 *
 * @public
 */
export class HeldLease {
  readonly token: number;
  readonly #knex: Knex;
  readonly #fence: Fence;
  readonly #store: LeaseStore;
  readonly #marginMs: number;
  /** As of `performance.now()`. */
  #deadline: number;

  /** @internal */
  static of(options: {
    knex: Knex;
    fence: Fence;
    store: LeaseStore;
    token: number;
    marginMs: number;
    deadline: number;
  }): HeldLease {
    return new HeldLease(options);
  }

  private constructor({
    knex,
    fence,
    store,
    token,
    marginMs,
    deadline,
  }: Parameters<typeof HeldLease.of>[0]) {
    this.#knex = knex;
    this.#fence = fence;
    this.#store = store;
    this.token = token;
    this.#marginMs = marginMs;
    this.#deadline = deadline;
  }

  /** Milliseconds in which side effects may begin; 0 or less when it is over. */
  get leftMs(): number {
    return this.#deadline - this.#marginMs - performance.now();
  }

  /**
   * Call it right before each side effect.
   *
   * @throws LeaseOverError when there is no time left.
   */
  assertTime(): void {
    if (this.leftMs <= 0) {
      throw new LeaseOverError(
        `The lease with token ${this.token} is over; nothing more is done under it`,
      );
    }
  }

  /**
   * Writes in a transaction that no later holder's lease begins before, and that is
   * refused once it has begun.
   *
   * @throws OvertakenError when another process has, or had, the lease since.
   */
  async write<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.#knex.transaction(async tx => {
      await this.#fence.guard(tx, { idleMs: IDLE_TRANSACTION_MS });
      return work(tx);
    });
  }

  /**
   * Makes the lease last longer.
   *
   * @throws OvertakenError when another process has, or had, the lease since.
   */
  async renew(): Promise<void> {
    // Before the question: the database's clock reads later than this.
    const asked = performance.now();
    const ttlMs = await this.#store.renew(this.token);
    if (ttlMs === undefined) {
      this.#deadline = -Infinity;
      throw new LeaseOverError(
        `The lease with token ${this.token} is another's by now`,
      );
    }
    this.#deadline = asked + ttlMs;
  }

  /** Gives it back, so that nobody has to wait for its end. Nothing more is done under it. */
  async release(): Promise<void> {
    this.#deadline = -Infinity;
    await this.#store.release(this.token);
  }
}
