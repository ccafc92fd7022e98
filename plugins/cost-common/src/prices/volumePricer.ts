import { VolumeHour } from '../observations/observations';
import { PriceBook } from './types';

/** The largest disk that a provider has: what says it is larger is none. */
const LARGEST_DISK_BYTES = 64 * 2 ** 40;

/**
 * Price of one GiB of a volume for one hour, decimal string: of its storage
 * class in its region, else of its storage class anywhere, else the unit price.
 * Undefined for what is no disk (a file system, a bucket, a directory of the node,
 * a size that no disk has) and whose class has no price: its size is not what is paid.
 *
 * @public
 */
export function createVolumePricer(
  book: PriceBook,
): (volume: VolumeHour) => string | undefined {
  const key = (storageClass: string, region: string | undefined) =>
    `${storageClass}\0${region ?? ''}`;
  const prices = new Map<string, string>();
  for (const entry of book.storageClasses) {
    const at = key(entry.storageClass, entry.region);
    if (!prices.has(at)) {
      prices.set(at, entry.gibHourPrice);
    }
  }
  return volume => {
    const { storageClass, region } = volume;
    const ofClass =
      storageClass !== undefined
        ? prices.get(key(storageClass, region)) ??
          prices.get(key(storageClass, undefined))
        : undefined;
    return (
      ofClass ??
      (isDisk(volume) ? book.unitPrices['on-demand'].storageGibHour : undefined)
    );
  };
}

function isDisk({
  backing,
  capacityByteSeconds,
  existedSeconds = 3600,
}: VolumeHour): boolean {
  return (
    backing === undefined &&
    !(capacityByteSeconds > LARGEST_DISK_BYTES * existedSeconds)
  );
}
