/**
 * Lets one in at a time, in the order in which they came. Lists are large while they
 * are read: all kinds of a cluster at once would take eight times as much.
 *
 * @internal
 */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  static create(): Turns {
    return new Turns();
  }

  private constructor() {}

  /** Waits for its turn. @returns ends it; more than once does nothing more. */
  async take(): Promise<() => void> {
    const before = this.#last;
    let end = () => {};
    this.#last = new Promise(resolve => {
      end = resolve;
    });
    await before;
    return end;
  }
}
