import { setTimeout as sleep } from 'node:timers/promises';

/** However long a piece of work took, the next one is not put off for longer. */
const LONGEST_REST_MS = 60_000;

/**
 * Keeps work to a share of the time: after each piece it rests as long as it
 * takes for the piece to be that share of the whole. What is slow, here or at
 * the source, is so given time in proportion.
 *
 * @public
 */
export class Pacer {
  readonly #share: number;

  /** `share` is above 0 and at most 1; 1 never rests. */
  static create(options: { share: number }) {
    return new Pacer(options.share);
  }

  private constructor(share: number) {
    this.#share = share;
  }

  /** Milliseconds to rest after working for `workedMs`. */
  restMs(workedMs: number): number {
    return Math.min(LONGEST_REST_MS, workedMs * (1 / this.#share - 1));
  }

  /** Works, then rests; an abort ends the rest at once. */
  async paced<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const began = performance.now();
    const result = await work();
    const rest = this.restMs(performance.now() - began);
    if (rest > 0 && !signal.aborted) {
      await sleep(rest, undefined, { signal }).catch(
        () => undefined, // aborted: the caller sees it
      );
    }
    return result;
  }
}
