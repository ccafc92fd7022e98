import { ProblemLog } from '@headroom/common';
import { VolumeHour } from '../observations/observations';
import { HOURS_OF_MONTH } from '../prices/storagePrices.data';
import { wordPrices } from '../problems';
import { Listing, names } from './listing';
import { VolumePrice } from './types';

/** Says which prices of an hour's volumes are not the bill's, one sentence a kind. */
export class VolumeFindings {
  /** Storage classes nobody has a price of, by the price of last resort. */
  readonly #unknown = new Map<string, Set<string>>();
  /** Volumes without a class, by the same. */
  readonly #classless = new Map<string, number>();
  readonly #elsewhere = new Listing();
  /** A class and region that is charged the price of another, to show the line. */
  #example: { storageClass: string; region: string } | undefined;

  add({ storageClass, region }: VolumeHour, price: VolumePrice): void {
    if (price.kind === 'default') {
      const month = monthly(price);
      if (storageClass) {
        const classes = this.#unknown.get(month);
        if (classes) {
          classes.add(storageClass);
        } else {
          this.#unknown.set(month, new Set([storageClass]));
        }
      } else {
        this.#classless.set(month, (this.#classless.get(month) ?? 0) + 1);
      }
    } else if (price.listedIn !== undefined && region && storageClass) {
      this.#elsewhere.add(
        wordPrices('priceOfRegion', { region, other: price.listedIn }),
        storageClass,
      );
      this.#example ??= { storageClass, region };
    }
  }

  report(problems: ProblemLog): void {
    this.#reportUnknown(problems);
    const example = this.#example;
    if (example) {
      problems.add('info', 'list-price-elsewhere', 'storage', () =>
        wordPrices('storageElsewhere', {
          classes: this.#elsewhere.words(),
          line: `headroom.prices.storageClasses: [{ storageClass: ${example.storageClass}, region: ${example.region}, gibHourPrice: … }]`,
        }),
      );
    }
  }

  #reportUnknown(problems: ProblemLog): void {
    for (const [month, classes] of this.#unknown) {
      const [first] = [...classes].sort();
      problems.add('warning', 'default-storage-price', 'storage classes', () =>
        wordPrices('storageDefault', {
          count: classes.size,
          classes: names(classes),
          month,
          line: `headroom.prices.storageClasses: [{ storageClass: ${first}, gibHourPrice: … }]`,
        }),
      );
    }
    for (const [month, count] of this.#classless) {
      problems.add(
        'warning',
        'default-storage-price',
        'volumes without a storage class',
        () =>
          wordPrices('storageClassless', {
            count,
            month,
            line: 'headroom.prices.unitPrices: { on-demand: { storageGibHour: … } }',
          }),
      );
    }
  }
}

function monthly({ gibHourPrice }: VolumePrice): string {
  return String(Number((Number(gibHourPrice) * HOURS_OF_MONTH).toPrecision(3)));
}
