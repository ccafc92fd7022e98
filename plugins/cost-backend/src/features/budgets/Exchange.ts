import { convertMicros, decimalToMicros } from '@headroom/common';
import { Currencies } from '../../core/Currencies';

const MICROS_PER_UNIT = 1_000_000n;

/** Converts amounts of days at the rates of the configuration. */
export class Exchange {
  readonly #currencies: Currencies;

  static create(options: { currencies: Currencies }) {
    return new Exchange(options.currencies);
  }

  private constructor(currencies: Currencies) {
    this.#currencies = currencies;
  }

  knows(currency: string): boolean {
    return this.#currencies.all.includes(currency);
  }

  /** Micros of one known currency in another, at the rate of a day. */
  convert(micros: bigint, from: string, to: string, day: string): bigint {
    if (from === to) {
      return micros;
    }
    const { stored } = this.#currencies;
    const inStored =
      from === stored
        ? micros
        : divide(
            micros * MICROS_PER_UNIT,
            decimalToMicros(this.#rateOn(from, day)),
          );
    return to === stored
      ? inStored
      : convertMicros(inStored, this.#rateOn(to, day));
  }

  /** Before the first rate that one holds. */
  #rateOn(currency: string, day: string): string {
    const { rates = [] } = this.#currencies.conversionTo(currency);
    return (rates.findLast(({ validFrom }) => validFrom <= day) ?? rates[0])
      .rate;
  }
}

/** Rounded half away from zero. */
function divide(numerator: bigint, denominator: bigint): bigint {
  const half = numerator < 0n ? -denominator / 2n : denominator / 2n;
  return (numerator + half) / denominator;
}
