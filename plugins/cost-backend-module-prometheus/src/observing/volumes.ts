import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { VolumeHour } from '@headroom/plugin-cost-common';
import { PART_LABEL } from '../promql/expressions';
import { getOrCreate, sum } from '../reading/collections';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { keyOf, namespaceOf, objectOf } from '../reading/labels';
import { wholeHour } from './places';
import { backingOf } from './volumeBacking';
import { HeldVolume, sharesByClass } from './volumeShares';

/** What is known of a claim in an hour. */
interface HourOfClaim {
  /** Seconds it was bound to a volume. */
  seconds: number;
  /** What it asked for, in the mean. */
  askedBytes: number;
  /** It was there in the first and the last five minutes. */
  atBothEnds: boolean;
  volumes: HeldVolume[];
  /** Seconds that fall to each pod. */
  pods: Map<string, number>;
}

interface ClaimRecord {
  namespace: string;
  claim: string;
  hours: HourOfClaim[];
}

/** What is known of a volume in an hour. */
interface HourOfVolume {
  /** In the mean of the time it was there. */
  bytes?: number;
  storageClass?: string;
  backing?: VolumeHour['backing'];
  /** Seconds it existed without a claim. */
  unclaimedSeconds: number;
  /** It had no claim in the first and the last five minutes. */
  atBothEnds: boolean;
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

/** What was seen for this share of what was scraped was there throughout. */
const THROUGHOUT = 0.95;

/** Reads the answer to `volumesQuery`. */
export class VolumeTable {
  readonly #window: HourWindow;
  readonly #claims = new Map<string, ClaimRecord>();
  readonly #volumes = new Map<string, HourOfVolume[]>();

  static read(window: HourWindow, answer: PrometheusSeries[]): VolumeTable {
    const table = new VolumeTable(window);
    for (const series of answer) {
      table.#addToClaim(series);
      table.#addToVolume(series);
    }
    return table;
  }

  private constructor(window: HourWindow) {
    this.#window = window;
  }

  /**
   * Volumes of an hour, one entry for each class a claim had. A claim costs what
   * its volume has, which may be more than it asked for; a claim that waits for
   * one costs nothing. A volume whose claim is gone is paid until it is deleted:
   * it has no namespace, and its name stands for the claim.
   */
  ofHour(hour: number, context: VolumeContext): VolumeHour[] {
    return [
      ...[...this.#claims.values()].flatMap(record =>
        this.#claimHours(hour, record, context),
      ),
      ...[...this.#volumes].flatMap(([name, hours]) =>
        this.#volumeHours(hour, name, hours[hour], context),
      ),
    ];
  }

  #claimHours(
    hour: number,
    { namespace, claim, hours }: ClaimRecord,
    context: VolumeContext,
  ): VolumeHour[] {
    const seen = hours[hour];
    if (!seen || seen.seconds === 0) {
      return [];
    }
    const existed = Math.max(
      existedSeconds(seen, context),
      longestHeld(namespace, seen.pods.keys(), context),
    );
    const pods = [...seen.pods.keys()].sort();
    const mounted = sum(seen.pods.values());
    // A pod that has it but for an instant has it all the time.
    const of =
      mounted >= seen.seconds - context.stepSeconds ? mounted : seen.seconds;
    const knownOf = (volume: string) => this.#volumes.get(volume)?.[hour];
    const backing = seen.volumes
      .map(({ volume }) => knownOf(volume)?.backing)
      .find(each => each !== undefined);
    return sharesByClass(seen.volumes, {
      bytesOf: volume => knownOf(volume)?.bytes || seen.askedBytes,
      classOf: volume => knownOf(volume)?.storageClass,
    }).map(({ storageClass, share, bytes }) => ({
      hour: this.#window.hour(hour),
      namespace,
      claim,
      storageClass,
      ...(backing && { backing }),
      capacityByteSeconds: bytes * share * existed,
      existedSeconds: share * existed,
      pods,
      podSeconds: pods.map(
        pod => ((seen.pods.get(pod) ?? 0) / of) * share * existed,
      ),
    }));
  }

  #volumeHours(
    hour: number,
    name: string,
    seen: HourOfVolume | undefined,
    context: VolumeContext,
  ): VolumeHour[] {
    const { bytes = 0, storageClass, unclaimedSeconds = 0 } = seen ?? {};
    if (!seen || unclaimedSeconds === 0 || bytes === 0) {
      return [];
    }
    const existed = existedSeconds(
      { seconds: unclaimedSeconds, atBothEnds: seen.atBothEnds },
      context,
    );
    return [
      {
        hour: this.#window.hour(hour),
        namespace: '',
        claim: name,
        storageClass: storageClass || undefined,
        ...(seen.backing && { backing: seen.backing }),
        capacityByteSeconds: bytes * existed,
        pods: [],
      },
    ];
  }

  #addToClaim(series: PrometheusSeries): void {
    const { labels } = series;
    const namespace = namespaceOf(labels);
    const claim = objectOf(labels, 'persistentvolumeclaim');
    if (!namespace || !claim) {
      return;
    }
    const { hours } = getOrCreate(
      this.#claims,
      keyOf(namespace, claim),
      () => ({ namespace, claim, hours: [] }),
    );
    this.#window.each(series, (hour, value) => {
      hours[hour] ??= {
        seconds: 0,
        askedBytes: 0,
        atBothEnds: false,
        volumes: [],
        pods: new Map(),
      };
      addToHour(hours[hour], labels, value);
    });
  }

  #addToVolume(series: PrometheusSeries): void {
    const { labels } = series;
    const name = objectOf(labels, 'persistentvolume');
    if (!name) {
      return;
    }
    const hours = getOrCreate(this.#volumes, name, () => []);
    this.#window.each(series, (hour, value) => {
      hours[hour] ??= { unclaimedSeconds: 0, atBothEnds: false };
      switch (labels[PART_LABEL]) {
        case 'volume-capacity':
          hours[hour].bytes = value;
          break;
        case 'volume-class':
          hours[hour].storageClass = labels.storageclass;
          hours[hour].backing = backingOf(labels);
          break;
        case 'volume-unclaimed':
          hours[hour].unclaimedSeconds = value;
          break;
        case 'volume-ends':
          hours[hour].atBothEnds = true;
          break;
        default:
      }
    });
  }
}

function addToHour(
  hour: HourOfClaim,
  labels: Record<string, string>,
  value: number,
): void {
  const pod = objectOf(labels, 'pod');
  switch (labels[PART_LABEL]) {
    case 'seen':
      hour.seconds = value;
      break;
    case 'asked':
      hour.askedBytes = value;
      break;
    case 'held':
      hour.volumes.push({
        volume: labels.volumename ?? '',
        storageClass: labels.storageclass ?? '',
        seconds: value,
      });
      break;
    case 'ends':
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
 * Seconds of the hour something existed. Where kube-state-metrics was silent for
 * a while, what was there on both sides was there between them.
 */
function existedSeconds(
  { seconds, atBothEnds }: Pick<HourOfClaim, 'seconds' | 'atBothEnds'>,
  { stepSeconds, scrapedSeconds }: VolumeContext,
): number {
  const wasThroughout =
    atBothEnds && seconds + stepSeconds >= THROUGHOUT * scrapedSeconds;
  return scrapedSeconds < HOUR_SECONDS && wasThroughout
    ? HOUR_SECONDS
    : wholeHour(seconds, stepSeconds);
}

/** In an hour scraped in part, a claim was there at least as long as each pod that mounts it. */
function longestHeld(
  namespace: string,
  pods: Iterable<string>,
  { scrapedSeconds, heldSeconds }: VolumeContext,
): number {
  return scrapedSeconds < HOUR_SECONDS
    ? Math.max(0, ...[...pods].map(pod => heldSeconds(namespace, pod)))
    : 0;
}
