import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** The longest wait that the other side may ask for. */
const MOST_ASKED_MS = 5 * 60_000;

/** Waits between tries, longer after each failure, so that an API server that fails is not asked without end. @internal */
export class Pause {
  readonly #signal: AbortSignal;
  #times = 0;

  static create(signal: AbortSignal) {
    return new Pause(signal);
  }

  private constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  reset(): void {
    this.#times = 0;
  }

  /** Waits, but not before the first try. */
  async unlessFirst(): Promise<void> {
    this.#times += 1;
    if (this.#times > 1) {
      await this.#sleep(this.#delayMs(this.#times - 1));
    }
  }

  /** @param askedMs - what the other side asks for */
  async atLeast(askedMs = 0): Promise<void> {
    this.#times += 1;
    const leastMs = Math.min(askedMs, MOST_ASKED_MS);
    await this.#sleep(Math.max(leastMs, this.#delayMs(this.#times)));
  }

  #delayMs(times: number): number {
    return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (times - 1));
  }

  async #sleep(delayMs: number): Promise<void> {
    await sleep(delayMs, undefined, { signal: this.#signal }).catch(error => {
      this.#signal.throwIfAborted();
      throw error;
    });
  }
}
