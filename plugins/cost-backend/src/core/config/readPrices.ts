import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ExchangeRate, parseSection } from '@headroom/node';
import {
  builtInPriceBook,
  convertPriceBook,
  mergePriceBooks,
  priceBookSchema,
  PriceDiscount,
} from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { PriceConfig } from './CostConfig';

/** The built-in list has the same entries on every day. */
const ANY_DAY = '1970-01-01';

const discountsSchema = z.array(
  z.strictObject({
    share: z
      .union([z.number(), z.string()])
      .transform(String)
      .refine(share => Number(share) >= 0 && Number(share) < 1, {
        error: 'must be from 0 up to, not including, 1, such as 0.12',
      }),
    capacityType: z.enum(['on-demand', 'spot']).optional(),
  }),
);

/** Prices under `headroom.prices`, over the built-in list in the stored currency. */
export function readPrices(
  config: Config,
  currency: string,
  rates: ExchangeRate[],
): PriceConfig {
  const at = 'headroom.prices';
  const configured = parseSection(
    at,
    priceBookSchema,
    config.getOptional(at) ?? {},
  );
  if (configured.currency && configured.currency !== currency) {
    throw new InputError(
      `headroom.prices.currency is ${configured.currency} but headroom.currency is ${currency}; state prices in ${currency}, or set headroom.currency to ${configured.currency}`,
    );
  }
  const book = { ...configured, currency };
  const builtInOn = builtInIn(currency, rates);
  asInputError(() => mergePriceBooks(book, builtInOn(ANY_DAY)));
  return { config: book, builtInOn, discounts: readDiscounts(config) };
}

function readDiscounts(config: Config): PriceDiscount[] {
  const at = 'headroom.discounts';
  return parseSection(at, discountsSchema, config.getOptional(at) ?? []);
}

/** A day before the first rate has the first rate. */
function builtInIn(
  currency: string,
  rates: ExchangeRate[],
): PriceConfig['builtInOn'] {
  const { currency: listed } = builtInPriceBook;
  if (currency === listed) {
    return () => builtInPriceBook;
  }
  const books = rates
    .filter(each => each.currency === listed)
    .map(({ validFrom, rate }) => ({
      validFrom,
      book: convertPriceBook(builtInPriceBook, currency, invert(rate)),
    }));
  if (books.length === 0) {
    throw new InputError(
      `headroom.currency is ${currency}, but the built-in price list is in ${listed}; add a rate for ${listed} to headroom.exchangeRates so that it can be converted`,
    );
  }
  const [first] = books;
  return day =>
    (books.findLast(({ validFrom }) => validFrom <= day) ?? first).book;
}

/** 1 / rate with 12 digits after the point. */
function invert(rate: string): string {
  const [whole, fraction = ''] = rate.split('.');
  const digits = 12;
  const scaled =
    10n ** BigInt(fraction.length + digits) / BigInt(whole + fraction);
  const text = scaled.toString().padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function asInputError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof RangeError ? new InputError(error.message) : error;
  }
}
