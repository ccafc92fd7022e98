import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { VolumeHour } from '@headroom/plugin-cost-common';
import { PART_LABEL } from '../promql/expressions';
import { HourWindow } from '../reading/HourWindow';
import { keyOf, namespaceOf, objectOf } from '../reading/labels';
import { wholeHour } from './places';
import { getOrCreate, sum } from '../reading/collections';

interface ClaimRecord {
  namespace: string;
  claim: string;
  /** Seconds of each hour it was bound to a volume. */
  seconds: number[];
  bytes: number[];
  storageClass: string[];
  volume: string[];
  /** Seconds that fall to each pod. */
  pods: Array<Map<string, number>>;
}

interface VolumeRecord {
  bytes: number[];
  storageClass: string[];
  /** Seconds of each hour it existed without a claim. */
  unclaimed: number[];
}

/** Reads the answer to `volumesQuery`. */
export class VolumeTable {
  readonly #claims = new Map<string, ClaimRecord>();
  readonly #volumes = new Map<string, VolumeRecord>();

  static read(window: HourWindow, answer: PrometheusSeries[]): VolumeTable {
    const table = new VolumeTable();
    for (const series of answer) {
      table.#addToClaim(window, series);
      table.#addToVolume(window, series);
    }
    return table;
  }

  private constructor() {}

  /**
   * Volumes of each hour. A claim costs what its volume has, which may be more
   * than it asked for; a claim that waits for one costs nothing. A volume whose
   * claim is gone is paid until it is deleted: it has no namespace, and its name
   * stands for the claim.
   */
  hours(window: HourWindow, stepSeconds: number): VolumeHour[] {
    return [
      ...[...this.#claims.values()].flatMap(record =>
        window
          .indexes()
          .flatMap(hour => this.#claimHour(window, record, hour, stepSeconds)),
      ),
      ...[...this.#volumes].flatMap(([name, record]) =>
        window.indexes().flatMap(hour => {
          const seconds = record.unclaimed[hour] ?? 0;
          const bytes = record.bytes[hour];
          return seconds > 0 && bytes > 0
            ? [
                {
                  hour: window.hour(hour),
                  namespace: '',
                  claim: name,
                  storageClass: record.storageClass[hour] || undefined,
                  capacityByteSeconds: bytes * wholeHour(seconds, stepSeconds),
                  pods: [],
                },
              ]
            : [];
        }),
      ),
    ];
  }

  #claimHour(
    window: HourWindow,
    record: ClaimRecord,
    hour: number,
    stepSeconds: number,
  ): VolumeHour[] {
    const bound = record.seconds[hour] ?? 0;
    if (bound === 0) {
      return [];
    }
    const existedSeconds = wholeHour(bound, stepSeconds);
    const volume = this.#volumes.get(record.volume[hour] ?? '');
    const bytes = volume?.bytes[hour] || record.bytes[hour];
    const mounts = [...(record.pods[hour] ?? [])].sort(([a], [b]) =>
      a < b ? -1 : 1,
    );
    const mounted = sum(mounts.map(([, seconds]) => seconds));
    // A pod that has it but for an instant has it all the time.
    const factor =
      mounted > 0 && mounted >= bound - stepSeconds
        ? existedSeconds / mounted
        : 1;
    return [
      {
        hour: window.hour(hour),
        namespace: record.namespace,
        claim: record.claim,
        storageClass:
          record.storageClass[hour] || volume?.storageClass[hour] || undefined,
        capacityByteSeconds: bytes * existedSeconds,
        existedSeconds,
        pods: mounts.map(([pod]) => pod),
        podSeconds: mounts.map(([, seconds]) => seconds * factor),
      },
    ];
  }

  #addToClaim(window: HourWindow, series: PrometheusSeries): void {
    const { labels } = series;
    const namespace = namespaceOf(labels);
    const claim = objectOf(labels, 'persistentvolumeclaim');
    if (!namespace || !claim) {
      return;
    }
    const record = getOrCreate(this.#claims, keyOf(namespace, claim), () => ({
      namespace,
      claim,
      seconds: [],
      bytes: [],
      storageClass: [],
      volume: [],
      pods: [],
    }));
    const pod = objectOf(labels, 'pod');
    window.each(series, (hour, value) => {
      switch (labels[PART_LABEL]) {
        case 'seen':
          record.seconds[hour] = value;
          break;
        case 'size':
          record.bytes[hour] = value;
          break;
        case 'class':
          record.storageClass[hour] = labels.storageclass;
          record.volume[hour] = labels.volumename;
          break;
        case 'mount':
          if (pod) {
            record.pods[hour] ??= new Map();
            record.pods[hour].set(pod, value);
          }
          break;
        default:
      }
    });
  }

  #addToVolume(window: HourWindow, series: PrometheusSeries): void {
    const { labels } = series;
    const name = objectOf(labels, 'persistentvolume');
    if (!name) {
      return;
    }
    const record = getOrCreate(this.#volumes, name, () => ({
      bytes: [],
      storageClass: [],
      unclaimed: [],
    }));
    window.each(series, (hour, value) => {
      switch (labels[PART_LABEL]) {
        case 'volume-capacity':
          record.bytes[hour] = value;
          break;
        case 'volume-class':
          record.storageClass[hour] = labels.storageclass;
          break;
        case 'volume-unclaimed':
          record.unclaimed[hour] = value;
          break;
        default:
      }
    });
  }
}
