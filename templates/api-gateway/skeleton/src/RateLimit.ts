type Bucket = { tokens: number; at: number };

/**
 * How much one client may send: a bucket of tokens each, in bounded memory. It is of
 * this replica, so a client of all replicas may send as many times more.
 */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();
  readonly #rate: number;
  readonly #burst: number;
  readonly #most: number;

  constructor(options: { rate: number; burst: number; mostClients?: number }) {
    this.#rate = options.rate;
    this.#burst = options.burst;
    this.#most = options.mostClients ?? 10_000;
  }

  /** Seconds to wait; 0 when the request may pass. */
  take(client: string, nowMs: number): number {
    const bucket = this.#buckets.get(client) ?? {
      tokens: this.#burst,
      at: nowMs,
    };
    const passed = Math.max(0, nowMs - bucket.at) / 1000;
    const tokens = Math.min(this.#burst, bucket.tokens + passed * this.#rate);
    const passes = tokens >= 1;
    // Moved to the end, so that the first is who has been away longest.
    this.#buckets.delete(client);
    this.#buckets.set(client, {
      tokens: passes ? tokens - 1 : tokens,
      at: nowMs,
    });
    if (this.#buckets.size > this.#most) {
      const [oldest] = this.#buckets.keys();
      this.#buckets.delete(oldest!);
    }
    return passes ? 0 : (1 - tokens) / this.#rate;
  }

  get size() {
    return this.#buckets.size;
  }
}
