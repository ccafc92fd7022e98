import { ProblemLog } from '@headroom/common';
import { VolumeHour } from '../observations/observations';
import { HOURS_OF_MONTH } from '../prices/storagePrices.data';
import { addTo, listed, names } from './listing';
import { VolumePrice } from './types';

/** Says which prices of an hour's volumes are not the bill's, one sentence a kind. */
export class VolumeFindings {
  /** Storage classes nobody has a price of, by the price of last resort. */
  readonly #unknown = new Map<string, Set<string>>();
  /** Volumes without a class, by the same. */
  readonly #classless = new Map<string, number>();
  readonly #elsewhere = new Map<string, Set<string>>();
  /** A class and region that is charged the price of another, to show the line. */
  #example: { storageClass: string; region: string } | undefined;

  add({ storageClass, region }: VolumeHour, price: VolumePrice): void {
    if (price.kind === 'default') {
      const month = monthly(price);
      if (storageClass) {
        addTo(this.#unknown, month, storageClass);
      } else {
        this.#classless.set(month, (this.#classless.get(month) ?? 0) + 1);
      }
    } else if (price.listedIn !== undefined && region && storageClass) {
      addTo(
        this.#elsewhere,
        `${region} at the price of ${price.listedIn}`,
        storageClass,
      );
      this.#example ??= { storageClass, region };
    }
  }

  report(problems: ProblemLog): void {
    this.#reportUnknown(problems);
    const example = this.#example;
    if (example) {
      problems.add(
        'info',
        'list-price-elsewhere',
        'storage',
        () =>
          `The list has the price of these storage classes in one region of the US only, so they are charged that, and what is paid may differ: ${listed(
            this.#elsewhere,
          )}. Add what you pay: headroom.prices.storageClasses: [{ storageClass: ${
            example.storageClass
          }, region: ${example.region}, gibHourPrice: … }].`,
      );
    }
  }

  #reportUnknown(problems: ProblemLog): void {
    for (const [month, classes] of this.#unknown) {
      const [first] = [...classes].sort();
      problems.add(
        'warning',
        'default-storage-price',
        'storage classes',
        () =>
          `No price is known of the storage class${
            classes.size > 1 ? 'es' : ''
          } ${names(
            classes,
          )}, so a GiB is charged the unit price of last resort, ${month} a month. Add what you pay: headroom.prices.storageClasses: [{ storageClass: ${first}, gibHourPrice: … }].`,
      );
    }
    for (const [month, count] of this.#classless) {
      problems.add(
        'warning',
        'default-storage-price',
        'volumes without a storage class',
        () =>
          `${count} volume(s) have no storage class, so no price is known of them and a GiB is charged the unit price of last resort, ${month} a month. Add what you pay: headroom.prices.unitPrices: { on-demand: { storageGibHour: … } }.`,
      );
    }
  }
}

function monthly({ gibHourPrice }: VolumePrice): string {
  return String(Number((Number(gibHourPrice) * HOURS_OF_MONTH).toPrecision(3)));
}
