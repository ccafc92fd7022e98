/**
 * Tells listeners that something changed: many changes at once are told once, and
 * none more often than every `quietMs`.
 *
 * @internal
 */
export class Changes {
  readonly #quietMs: number;
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;

  static create({ quietMs }: { quietMs: number }): Changes {
    return new Changes(quietMs);
  }

  private constructor(quietMs: number) {
    this.#quietMs = quietMs;
  }

  /** @returns stops telling. */
  listen(listener: () => void): () => void {
    // A function of its own, so that one listener may listen twice.
    const each = () => listener();
    this.#listeners.add(each);
    return () => this.#listeners.delete(each);
  }

  tell(): void {
    if (this.#timer || this.#listeners.size === 0) {
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#listeners.forEach(listener => listener());
    }, this.#quietMs);
    this.#timer.unref();
  }
}
