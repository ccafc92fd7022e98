/**
 * Retries may be a fifth of the requests, and a few when there are hardly any: an
 * upstream that is down is then asked 1.2 times as much, not twice.
 */
export class RetryBudget {
  #saved: number;
  readonly #share: number;
  readonly #most: number;

  constructor(options: { share?: number; most?: number } = {}) {
    this.#share = options.share ?? 0.2;
    this.#most = options.most ?? 10;
    this.#saved = this.#most;
  }

  request() {
    this.#saved = Math.min(this.#most, this.#saved + this.#share);
  }

  /** Whether one more may be tried; counts it when it may. */
  retry(): boolean {
    if (this.#saved < 1) return false;
    this.#saved -= 1;
    return true;
  }
}
