import { VolumePrice } from '../allocation/types';
import { VolumeHour } from '../observations/observations';
import { PriceBook, PriceBookPart } from './types';

/** The largest disk that a provider has: what says it is larger is none. */
const LARGEST_DISK_BYTES = 64 * 2 ** 40;

/**
 * Prices volumes by the GiB and hour, and says who said it. The first book that
 * has an answer wins: configuration, the price source, the built-in list; in each
 * the storage class in its region, else anywhere, else its price of all storage.
 * Of the built-in list the price of a class in another region is taken, which is said
 * in `listedIn`, before the unit price of last resort.
 *
 * Undefined for what is no disk (a file system, a bucket, a directory of the node,
 * a size that no disk has) and whose class has no price: its size is not what is paid.
 *
 * @public
 */
export function createVolumePricer(books: {
  config?: PriceBookPart;
  source?: PriceBookPart;
  builtIn: PriceBook;
}): (volume: VolumeHour) => VolumePrice | undefined {
  const said = (['config', 'source'] as const).map(kind => ({
    kind,
    findClass: classFinder(books[kind]),
    ofAll: books[kind]?.unitPrices?.['on-demand']?.storageGibHour,
  }));
  const findListed = classFinder(books.builtIn);
  const lastResort = books.builtIn.unitPrices['on-demand'].storageGibHour;

  return volume => {
    const isDisk = isDiskOf(volume);
    for (const { kind, findClass, ofAll } of said) {
      const price =
        findClass(volume)?.gibHourPrice ?? (isDisk ? ofAll : undefined);
      if (price !== undefined) {
        return { gibHourPrice: price, kind };
      }
    }
    const listed = findListed(volume, 'elsewhere');
    if (listed) {
      const isElsewhere =
        volume.region !== undefined &&
        listed.region !== undefined &&
        listed.region !== volume.region;
      return {
        gibHourPrice: listed.gibHourPrice,
        kind: 'list',
        ...(isElsewhere && { listedIn: listed.region }),
      };
    }
    return isDisk ? { gibHourPrice: lastResort, kind: 'default' } : undefined;
  };
}

type ClassEntry = PriceBook['storageClasses'][number];

/** Finds the price of a class: of the region, else of any, else (where asked) of another one. */
function classFinder(
  book: PriceBookPart | undefined,
): (volume: VolumeHour, or?: 'elsewhere') => ClassEntry | undefined {
  const byClass = new Map<string, ClassEntry[]>();
  for (const entry of book?.storageClasses ?? []) {
    const same = byClass.get(entry.storageClass);
    if (same) {
      same.push(entry);
    } else {
      byClass.set(entry.storageClass, [entry]);
    }
  }
  return ({ storageClass, region }, or) => {
    const entries = byClass.get(storageClass ?? '') ?? [];
    return (
      entries.find(
        each => each.region !== undefined && each.region === region,
      ) ??
      entries.find(each => each.region === undefined) ??
      (or && entries[0])
    );
  };
}

function isDiskOf({
  backing,
  capacityByteSeconds,
  existedSeconds = 3600,
}: VolumeHour): boolean {
  return (
    backing === undefined &&
    !(capacityByteSeconds > LARGEST_DISK_BYTES * existedSeconds)
  );
}
