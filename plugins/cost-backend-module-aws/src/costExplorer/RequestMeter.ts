import { BillFileError } from '@headroom/plugin-cost-common';
import { ExplorerMemory } from './ExplorerMemory';

/** Of one request, cents of a US dollar; every page is one. */
export const REQUEST_CENTS = 1;

/** Counts requests, tries again among them, before they are made: a crash forgets none. */
export class RequestMeter {
  readonly #memory: ExplorerMemory;
  readonly #limitCents: number;
  readonly #now: () => Date;

  static create(options: {
    memory: ExplorerMemory;
    limitCents: number;
    now: () => Date;
  }) {
    return new RequestMeter(options);
  }

  private constructor({
    memory,
    limitCents,
    now,
  }: Parameters<typeof RequestMeter.create>[0]) {
    this.#memory = memory;
    this.#limitCents = limitCents;
    this.#now = now;
  }

  /** @throws BillFileError when one more costs more than may be spent in a month. */
  async spend(): Promise<void> {
    const { state } = this.#memory;
    const month = this.#now().toISOString().slice(0, 7);
    const count = state.requests.month === month ? state.requests.count : 0;
    if ((count + 1) * REQUEST_CENTS > this.#limitCents) {
      throw new BillFileError(
        `Cost Explorer was asked ${times(
          count,
        )} in ${month}, and one request more would cost more than the ${dollars(
          this.#limitCents,
        )} of monthlyLimit`,
      );
    }
    state.requests = { month, count: count + 1 };
    await this.#memory.save();
  }
}

/** `1 time`, `2 times`. */
export function times(count: number): string {
  return `${count} ${count === 1 ? 'time' : 'times'}`;
}

/** `0.34 USD`. */
export function dollars(cents: number): string {
  return `${(cents / 100).toFixed(2)} USD`;
}
