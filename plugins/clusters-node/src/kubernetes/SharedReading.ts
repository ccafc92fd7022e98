/** @internal */
export interface SharedReadingOptions<T> {
  read(signal: AbortSignal): Promise<T>;
  /** Milliseconds for which what was read is kept for readers to come. */
  keepMs: number;
  now: () => number;
}

interface UnderWay<T> {
  beganAt: number;
  result: Promise<T>;
  readers: number;
  stop: AbortController;
}

/**
 * Something that takes long to read, read once for all who want it at a time. Age
 * counts from when reading began: what changed since may not be in it. A failure
 * is told to those who waited, and not kept. Reading stops when nobody waits any
 * more.
 *
 * @internal
 */
export class SharedReading<T> {
  readonly #options: SharedReadingOptions<T>;
  #latest: { value: T; beganAt: number } | undefined;
  #underWay: UnderWay<T> | undefined;

  static create<T>(options: SharedReadingOptions<T>): SharedReading<T> {
    return new SharedReading(options);
  }

  private constructor(options: SharedReadingOptions<T>) {
    this.#options = options;
  }

  /**
   * @param maxAgeMs - what is older is read anew; 0 = read anew whatever is there
   * @throws what reading throws; the signal's reason when it aborts.
   */
  async get({
    signal,
    maxAgeMs,
  }: {
    signal: AbortSignal;
    maxAgeMs: number;
  }): Promise<T> {
    signal.throwIfAborted();
    const oldest = this.#options.now() - maxAgeMs;
    if (this.#latest && this.#latest.beganAt > oldest) {
      return this.#latest.value;
    }
    const underWay =
      this.#underWay && this.#underWay.beganAt > oldest
        ? this.#underWay
        : this.#begin();
    return this.#wait(underWay, signal);
  }

  #begin(): UnderWay<T> {
    const stop = new AbortController();
    const beganAt = this.#options.now();
    const result = this.#options.read(stop.signal);
    const underWay = { beganAt, result, readers: 0, stop };
    this.#underWay = underWay;
    const ended = () => {
      if (this.#underWay === underWay) {
        this.#underWay = undefined;
      }
    };
    result.then(value => {
      ended();
      this.#keep({ value, beganAt });
    }, ended);
    return underWay;
  }

  /** A reading that began earlier may end later: the newest is kept. */
  #keep(reading: { value: T; beganAt: number }): void {
    if (this.#latest && this.#latest.beganAt > reading.beganAt) {
      return;
    }
    this.#latest = reading;
    setTimeout(() => {
      if (this.#latest === reading) {
        this.#latest = undefined;
      }
    }, this.#options.keepMs).unref();
  }

  async #wait(underWay: UnderWay<T>, signal: AbortSignal): Promise<T> {
    underWay.readers += 1;
    let leave = () => {};
    try {
      return await Promise.race([
        underWay.result,
        new Promise<never>((_, reject) => {
          leave = () => reject(signal.reason);
          signal.addEventListener('abort', leave);
        }),
      ]);
    } finally {
      signal.removeEventListener('abort', leave);
      underWay.readers -= 1;
      if (underWay.readers === 0 && this.#underWay === underWay) {
        // Who comes next must not wait for what is being stopped.
        this.#underWay = undefined;
        underWay.stop.abort(new Error('Nobody waits for it any more'));
      }
    }
  }
}
