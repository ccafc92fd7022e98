import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../promql/expressions';
import { StorageCount } from '../promql/storageSeries';
import { getOrCreate } from '../reading/collections';
import { HourWindow } from '../reading/HourWindow';
import { MissingCode } from '../series/codes';

type Part = StorageCount | 'mount';

/** What an hour has of storage, as far as it was read. */
export interface HourOfStorage {
  /** Pods mount claims for certain. */
  isMounted: boolean;
  /** There are volumes without a claim. */
  hasUnclaimed: boolean;
}

/** Which series of storage there are in each hour of a window. */
export class StorageSeries {
  readonly #hours = new Map<string, Set<number>>();

  /** Reads the parts of `countsOfStorage` in the answer to `volumesQuery`. */
  static read(window: HourWindow, answer: PrometheusSeries[]): StorageSeries {
    const read = new StorageSeries();
    for (const series of answer) {
      const part = series.labels[PART_LABEL] ?? '';
      if (part === 'mount' || part.startsWith('counts-')) {
        const hours = getOrCreate(read.#hours, part, () => new Set<number>());
        window.each(series, hour => hours.add(hour));
      }
    }
    return read;
  }

  private constructor() {}

  /** There are claims, and of pods that mount any nothing is said: none may. */
  mayBeUnmounted(hour: number): boolean {
    return (
      this.#has(hour, 'counts-claims', 'counts-claim-volumes') &&
      !this.#has(hour, 'counts-mounts', 'counts-mounts-readonly')
    );
  }

  /** Series that are missing in an hour although others say that there is what they are of. */
  missing(
    hour: number,
    { isMounted, hasUnclaimed }: HourOfStorage,
  ): MissingCode[] {
    const has = (...parts: Part[]) => this.#has(hour, ...parts);
    const claims = has('counts-claims');
    const siblings = has(
      'counts-claim-phases',
      'counts-claim-volumes',
      // Of pods that have a place: one whose claim does not exist waits for ever.
      'mount',
    );
    const volumes = has(
      'counts-volume-phases',
      'counts-volume-classes',
      'counts-bound',
    );
    const lacks: Array<[MissingCode, boolean]> = [
      ['no-claims', siblings && !claims],
      ['no-claim-phases', claims && !has('counts-claim-phases')],
      ['no-claim-volumes', claims && !has('counts-claim-volumes')],
      [
        'no-mounts',
        (isMounted || has('counts-mounts-readonly')) && !has('counts-mounts'),
      ],
      ['no-volume-sizes', volumes && !has('counts-volume-sizes')],
      [
        'no-volume-phases',
        has('counts-volume-sizes') && !has('counts-volume-phases'),
      ],
      ['no-volume-classes', hasUnclaimed && !has('counts-volume-classes')],
    ];
    return lacks.filter(([, isMissing]) => isMissing).map(([code]) => code);
  }

  #has(hour: number, ...parts: Part[]): boolean {
    return parts.some(part => this.#hours.get(part)?.has(hour));
  }
}
