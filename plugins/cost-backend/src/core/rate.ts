import {
  convertMicros,
  decimalToMicros,
  microsToDecimal,
} from '@headroom/common';
import { Conversion } from './Currencies';

/** How what is saved is converted: at one rate, the newest. */
export interface Rate {
  currency: string;
  /** Units of `currency` for one of the stored; absent when it is the stored one. */
  rate?: string;
}

/** The rate of now: savings lie ahead. Before the first rate that one holds. */
export function toRate({ currency, rates }: Conversion, now: Date): Rate {
  if (!rates) {
    return { currency };
  }
  const today = now.toISOString().slice(0, 10);
  const newest =
    rates.findLast(({ validFrom }) => validFrom <= today) ?? rates[0];
  return { currency, rate: newest.rate };
}

/** Micros in the asked-for currency. */
export function inCurrency(micros: bigint, { rate }: Rate): bigint {
  return rate === undefined ? micros : convertMicros(micros, rate);
}

/** A decimal unit price in the asked-for currency; to the micro when it has to be converted. */
export function priceIn(price: string, { rate }: Rate): string {
  return rate === undefined
    ? price
    : microsToDecimal(convertMicros(decimalToMicros(price), rate));
}
