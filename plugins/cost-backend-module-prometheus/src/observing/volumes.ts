import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { VolumeHour } from '@headroom/plugin-cost-common';
import { PART_LABEL } from '../promql/expressions';
import { getOrCreate, sum } from '../reading/collections';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { keyOf, namespaceOf, objectOf } from '../reading/labels';
import { wholeHour } from './places';
import { VolumeStays } from './VolumeStays';

/** A claim, or a volume that no claim has, in one hour. */
interface HourOfClaim {
  /** Seconds it was bound to a volume; of a volume, without a claim. */
  seconds: number;
  /** It was there in the first and the last five minutes. */
  atBothEnds: boolean;
  stays: VolumeStays;
  /** Byte-seconds that fall to each pod. */
  pods: Map<string, number>;
}

interface ClaimRecord {
  /** Absent = a volume that no claim has; its name stands for the claim. */
  namespace?: string;
  claim: string;
  hours: HourOfClaim[];
}

/** What is known of an hour beside its volumes. */
export interface VolumeContext {
  /** Seconds between two instants that were looked at. */
  stepSeconds: number;
  /** Seconds of the hour in which kube-state-metrics was scraped. */
  scrapedSeconds: number;
  /** Seconds of the hour a pod held a place, whoever saw it. */
  heldSeconds(namespace: string, pod: string): number;
}

/** A claim that was seen for this share of what was scraped was seen throughout. */
const THROUGHOUT = 0.95;

/** Reads the answer to `volumesQuery`. */
export class VolumeTable {
  readonly #window: HourWindow;
  readonly #claims = new Map<string, ClaimRecord>();
  /** Class of each volume by hour. */
  readonly #classes = new Map<string, string[]>();

  static read(window: HourWindow, answer: PrometheusSeries[]): VolumeTable {
    const table = new VolumeTable(window);
    answer.forEach(series => table.#add(series));
    return table;
  }

  private constructor(window: HourWindow) {
    this.#window = window;
  }

  /**
   * Volumes of an hour, one entry for each class a claim had. A claim that waits
   * for a volume costs nothing. A volume whose claim is gone is paid until it is
   * deleted: it has no namespace, and its name stands for the claim.
   */
  ofHour(hour: number, context: VolumeContext): VolumeHour[] {
    return [...this.#claims.values()].flatMap(record =>
      record.hours[hour]?.seconds > 0
        ? this.#hoursOf(hour, record, context)
        : [],
    );
  }

  #hoursOf(
    hour: number,
    { namespace, claim, hours }: ClaimRecord,
    context: VolumeContext,
  ): VolumeHour[] {
    const seen = hours[hour];
    const existed = existedSeconds(namespace, seen, context);
    const pods = [...seen.pods.keys()].sort();
    const shares = sharesOf(seen, context.stepSeconds);
    return seen.stays
      .during(existed, volume => this.#classes.get(volume)?.[hour])
      .map(({ storageClass, seconds, byteSeconds }) => ({
        hour: this.#window.hour(hour),
        namespace: namespace ?? '',
        claim,
        storageClass,
        capacityByteSeconds: byteSeconds,
        pods,
        ...(namespace !== undefined && {
          existedSeconds: seconds,
          podSeconds: pods.map(pod => (shares.get(pod) ?? 0) * seconds),
        }),
      }));
  }

  #add(series: PrometheusSeries): void {
    const { labels } = series;
    const part = labels[PART_LABEL];
    const volume = objectOf(labels, 'persistentvolume');
    if (part === 'volume-class') {
      const classes = getOrCreate(this.#classes, volume ?? '', () => []);
      this.#window.each(series, hour => (classes[hour] = labels.storageclass));
      return;
    }
    const ofVolume = part.startsWith('volume-');
    const namespace = ofVolume ? undefined : namespaceOf(labels);
    const claim = ofVolume ? volume : objectOf(labels, 'persistentvolumeclaim');
    if (!claim || (!ofVolume && !namespace)) {
      return;
    }
    const { hours } = getOrCreate(
      this.#claims,
      keyOf(namespace ?? '', claim),
      () => ({ namespace, claim, hours: [] }),
    );
    this.#window.each(series, (hour, value) => {
      hours[hour] ??= {
        seconds: 0,
        atBothEnds: false,
        stays: VolumeStays.create(),
        pods: new Map(),
      };
      addTo(hours[hour], labels, value);
    });
  }
}

function addTo(
  hour: HourOfClaim,
  labels: Record<string, string>,
  value: number,
): void {
  const pod = objectOf(labels, 'pod');
  const volume = labels.volumename ?? '';
  const storageClass = labels.storageclass ?? '';
  switch (labels[PART_LABEL]) {
    case 'seen':
      hour.seconds = value;
      break;
    case 'volume-held':
      hour.seconds += value;
      hour.stays.add(volume, storageClass, { seconds: value });
      break;
    case 'held':
      hour.stays.add(volume, storageClass, { seconds: value });
      break;
    case 'bytes':
    case 'volume-bytes':
      hour.stays.add(volume, storageClass, { byteSeconds: value });
      break;
    case 'ends':
    case 'volume-ends':
      hour.atBothEnds = true;
      break;
    case 'mount':
      if (pod) {
        hour.pods.set(pod, value);
      }
      break;
    default:
  }
}

/**
 * Seconds of the hour a claim existed. Where kube-state-metrics was silent for a
 * while, a claim that was there on both sides was there between them, and one
 * was there at least as long as each pod that mounts it.
 */
function existedSeconds(
  namespace: string | undefined,
  { seconds, atBothEnds, pods }: HourOfClaim,
  { stepSeconds, scrapedSeconds, heldSeconds }: VolumeContext,
): number {
  const seen = wholeHour(seconds, stepSeconds);
  if (scrapedSeconds >= HOUR_SECONDS) {
    return seen;
  }
  if (atBothEnds && seconds + stepSeconds >= THROUGHOUT * scrapedSeconds) {
    return HOUR_SECONDS;
  }
  return [...pods.keys()].reduce(
    (longest, pod) => Math.max(longest, heldSeconds(namespace ?? '', pod)),
    seen,
  );
}

/** Share of a claim that falls to each pod, together at most 1. */
function sharesOf(
  { seconds, stays, pods }: HourOfClaim,
  stepSeconds: number,
): Map<string, number> {
  const mounted = sum(pods.values());
  const all = stays.byteSeconds;
  // A pod that has it but for an instant has it all the time.
  const isAlways = mounted >= all * (1 - stepSeconds / seconds);
  const of = isAlways ? mounted : all;
  return new Map(
    [...pods].map(([pod, byteSeconds]) => [pod, of > 0 ? byteSeconds / of : 0]),
  );
}
