import { CapacityType } from '../resources/resources';
import { PriceBook, PriceBookPart, UnitPrices } from './types';

/**
 * One price book out of several; what an earlier one says wins. An entry of a
 * later book is left out when an earlier book covers it: same thing, same region
 * or no region, and valid for at least as long.
 *
 * Throws a RangeError when the books are not all in one currency (convert them
 * first, see {@link convertPriceBook}), or when no book states the currency or
 * one of the unit prices; {@link builtInPriceBook} at the end states them all.
 *
 * @public
 */
export function mergePriceBooks(...books: PriceBookPart[]): PriceBook {
  return {
    currency: commonCurrency(books),
    nodes: layer(
      books.map(book => book.nodes ?? []),
      (earlier, later) =>
        earlier.instanceType === later.instanceType &&
        earlier.capacityType === later.capacityType &&
        covers(earlier.os, later.os) &&
        covers(earlier.autoMode, later.autoMode) &&
        covers(earlier.region, later.region) &&
        coversTime(earlier, later),
      entry => `${entry.instanceType}\0${entry.capacityType}`,
    ),
    gpus: layer(
      books.map(book => book.gpus ?? []),
      (earlier, later) =>
        earlier.capacityType === undefined ||
        earlier.capacityType === later.capacityType,
      entry => entry.model.toLowerCase(),
    ),
    storageClasses: layer(
      books.map(book => book.storageClasses ?? []),
      (earlier, later) => covers(earlier.region, later.region),
      entry => entry.storageClass,
    ),
    pods: layer(
      books.map(book => book.pods ?? []),
      (earlier, later) =>
        covers(earlier.region, later.region) && coversTime(earlier, later),
      entry => `${entry.platform}\0${entry.capacityType}`,
    ),
    custom: books.flatMap(book => book.custom ?? []),
    attachedGpus: books.flatMap(book => book.attachedGpus ?? []),
    windowsCoreHour: books.find(book => book.windowsCoreHour)?.windowsCoreHour,
    unitPrices: {
      'on-demand': mergeUnitPrices(books, 'on-demand'),
      spot: mergeUnitPrices(books, 'spot'),
    },
  };
}

/** The one currency of the books that state one. */
function commonCurrency(books: PriceBookPart[]): string {
  const currencies = [
    ...new Set(books.flatMap(book => (book.currency ? [book.currency] : []))),
  ];
  if (currencies.length > 1) {
    throw new RangeError(
      `Price books are in ${currencies.join(
        ' and ',
      )}; they must be in one currency, so convert them first`,
    );
  }
  if (currencies.length === 0) {
    throw new RangeError(
      'No price book states its currency; it must be an ISO 4217 code such as USD',
    );
  }
  return currencies[0];
}

function mergeUnitPrices(
  books: PriceBookPart[],
  type: CapacityType,
): UnitPrices {
  const stated = (name: keyof UnitPrices): string => {
    const price = books
      .map(book => book.unitPrices?.[type]?.[name])
      .find(found => found !== undefined);
    if (price === undefined) {
      throw new RangeError(
        `No price book states unitPrices.${type}.${name}; the built-in one does`,
      );
    }
    return price;
  };
  return {
    cpuCoreHour: stated('cpuCoreHour'),
    memoryGibHour: stated('memoryGibHour'),
    gpuDeviceHour: stated('gpuDeviceHour'),
    storageGibHour: stated('storageGibHour'),
    networkZoneGib: stated('networkZoneGib'),
    networkRegionGib: stated('networkRegionGib'),
    networkInternetGib: stated('networkInternetGib'),
  };
}

/** Who doesn't say means any. */
function covers<T>(earlier: T | undefined, later: T | undefined): boolean {
  return earlier === undefined || earlier === later;
}

function coversTime(
  earlier: { validFrom?: string; validTo?: string },
  later: { validFrom?: string; validTo?: string },
): boolean {
  return (
    (earlier.validFrom ?? '') <= (later.validFrom ?? '') &&
    (earlier.validTo ?? '~') >= (later.validTo ?? '~')
  );
}

/** Entries of all layers but those an earlier layer covers; `key` narrows the search. */
function layer<T>(
  layers: T[][],
  isCovered: (earlier: T, later: T) => boolean,
  key: (entry: T) => string,
): T[] {
  const kept = new Map<string, T[]>();
  for (const entries of layers) {
    const added = entries.filter(
      entry =>
        !kept.get(key(entry))?.some(earlier => isCovered(earlier, entry)),
    );
    for (const entry of added) {
      kept.set(key(entry), [...(kept.get(key(entry)) ?? []), entry]);
    }
  }
  return [...kept.values()].flat();
}
