import { BillShareStore } from '../../database/BillShareStore';

/** Finds out who pays how much of the machines of bills, a month at a time. */
export class BillShares {
  readonly #store: BillShareStore;
  /** Of what all shares were made last, by this process. */
  #stamp?: string;

  static create(options: { store: BillShareStore }) {
    return new BillShares(options.store);
  }

  private constructor(store: BillShareStore) {
    this.#store = store;
  }

  /** Brings up to date what a new version of a bill, or days that were summed again, changed. */
  async run(signal: AbortSignal): Promise<void> {
    const { stamp, deliveries, isOld } = await this.#store.sources();
    if (stamp === this.#stamp && !isOld) {
      return;
    }
    await this.#store.forget();
    for (const stale of await this.#store.stale()) {
      signal.throwIfAborted();
      await this.#store.replace(stale);
    }
    await this.#store.upToDate(deliveries);
    this.#stamp = stamp;
  }
}
