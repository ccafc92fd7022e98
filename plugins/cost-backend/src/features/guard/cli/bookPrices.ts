import {
  builtInPriceBook,
  GuardPrices,
  PriceBook,
  PriceBookPart,
  priceBookSchema,
} from '@headroom/plugin-cost-common';
import { BadInput } from './BadInput';
import { readDocument } from './readDocument';

/** Unit prices that a book must have whose currency is not that of the built-in list. */
const NEEDED = ['cpuCoreHour', 'memoryGibHour', 'storageGibHour'] as const;

/**
 * Prices of a book over the built-in list, with no cluster that tells more.
 *
 * @param path - absent = the built-in list alone
 * @throws BadInput
 */
export function bookPrices(path: string | undefined): GuardPrices {
  const config: PriceBookPart =
    path === undefined
      ? {}
      : readDocument('--price-book', path, priceBookSchema);
  const currency = config.currency ?? builtInPriceBook.currency;
  return {
    isOffline: true,
    prices: {
      cluster: 'the price book',
      currency,
      days: 0,
      pools: [],
      books: {
        config,
        builtIn:
          currency === builtInPriceBook.currency
            ? builtInPriceBook
            : emptyBook(config, currency),
      },
    },
  };
}

/** Without the list, which is in another currency: what the book has not isn't known. */
function emptyBook(config: PriceBookPart, currency: string): PriceBook {
  for (const capacity of ['on-demand', 'spot'] as const) {
    for (const name of NEEDED) {
      if (config.unitPrices?.[capacity]?.[name] === undefined) {
        throw new BadInput(
          `--price-book: unitPrices.${capacity}.${name} is not there; a book in ${currency} must have it, as the built-in list is in ${builtInPriceBook.currency}`,
        );
      }
    }
  }
  return {
    ...builtInPriceBook,
    currency,
    nodes: [],
    gpus: [],
    storageClasses: [],
    pods: [],
    custom: [],
    attachedGpus: [],
  };
}
