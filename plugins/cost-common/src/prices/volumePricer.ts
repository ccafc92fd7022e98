import { VolumeHour } from '../observations/observations';
import { PriceBook } from './types';

/**
 * Price of one GiB of a volume for one hour, decimal string: of its storage
 * class in its region, else of its storage class anywhere, else the unit price.
 *
 * @public
 */
export function createVolumePricer(
  book: PriceBook,
): (volume: VolumeHour) => string {
  const key = (storageClass: string, region: string | undefined) =>
    `${storageClass}\0${region ?? ''}`;
  const prices = new Map<string, string>();
  for (const entry of book.storageClasses) {
    const at = key(entry.storageClass, entry.region);
    if (!prices.has(at)) {
      prices.set(at, entry.gibHourPrice);
    }
  }
  return ({ storageClass, region }) =>
    (storageClass !== undefined
      ? prices.get(key(storageClass, region)) ??
        prices.get(key(storageClass, undefined))
      : undefined) ?? book.unitPrices['on-demand'].storageGibHour;
}
