import { InputError } from '@backstage/errors';
import { ReportBase } from '@headroom/plugin-cost-common';
import { ExchangeRate } from '@headroom/node';

/** How the amounts of a report are converted. */
export interface Conversion {
  currency: string;
  /** Absent when the stored currency was asked for. Oldest first. */
  rates?: Array<{ validFrom: string; rate: string }>;
}

/** The currencies a report can be in. */
export class Currencies {
  /** What amounts are stored in. */
  readonly stored: string;
  /** The stored one first, then the others by name. */
  readonly all: string[];
  readonly #rates: ExchangeRate[];

  static create(options: { stored: string; rates: ExchangeRate[] }) {
    return new Currencies(options.stored, options.rates);
  }

  private constructor(stored: string, rates: ExchangeRate[]) {
    this.stored = stored;
    this.#rates = rates;
    const others = [...new Set(rates.map(({ currency }) => currency))].sort();
    this.all = [stored, ...others];
  }

  /** @throws InputError when there is no rate for the currency. */
  conversionTo(asked: string | undefined): Conversion {
    const currency = asked ?? this.stored;
    if (!this.all.includes(currency)) {
      throw new InputError(
        `currency is "${currency}"; it must be one of ${this.all.join(', ')}`,
      );
    }
    if (currency === this.stored) {
      return { currency };
    }
    return {
      currency,
      rates: this.#rates
        .filter(rate => rate.currency === currency)
        .map(({ validFrom, rate }) => ({ validFrom, rate })),
    };
  }

  /** What a report says about its currency. */
  describe({
    currency,
    rates,
  }: Conversion): Pick<ReportBase, 'currency' | 'conversion'> {
    return rates
      ? { currency, conversion: { from: this.stored, to: currency, rates } }
      : { currency };
  }
}
