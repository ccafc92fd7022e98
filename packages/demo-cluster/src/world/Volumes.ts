import { Catalogue } from './catalogue';
import { claimName } from './claimName';
import { InterventionLog } from './interventions/InterventionLog';
import { WorkloadHistory } from './interventions/WorkloadHistory';
import { HOUR_SECONDS } from './time';
import { OrphanVolume, WorkloadSpec } from './types';

/** A claim that nothing may have mounted, and for how many seconds of the hour it existed. */
export interface LeftVolume extends OrphanVolume {
  seconds: number;
}

/** A claim, and since when, in seconds since the start of the world, no pod wants it. */
interface Left {
  volume: OrphanVolume;
  since: number;
}

/** How many claims a workload has pods for. */
function claimsOf(spec: WorkloadSpec | undefined): number {
  return spec?.schedule.type === 'fixed' ? spec.schedule.replicas : 0;
}

/**
 * Claims that live without their pods: those nobody ever mounted, and those
 * that a StatefulSet leaves when it is scaled down or deleted, as Kubernetes
 * keeps them.
 */
export class Volumes {
  readonly #catalogue: Catalogue;
  readonly #history: WorkloadHistory;
  readonly #log: InterventionLog;

  constructor(
    catalogue: Catalogue,
    history: WorkloadHistory,
    log: InterventionLog,
  ) {
    this.#catalogue = catalogue;
    this.#history = history;
    this.#log = log;
  }

  /** Claims without a pod that exist at a moment, in seconds since the start of the world. */
  at(seconds: number): OrphanVolume[] {
    return this.#left(seconds)
      .filter(left => this.#goneAt(left) > seconds)
      .map(({ volume }) => volume);
  }

  /** Claims without a pod that existed in an hour; some of them may have had one for a part of it. */
  in(hour: number): LeftVolume[] {
    const start = hour * HOUR_SECONDS;
    return this.#left(start + HOUR_SECONDS - 1).flatMap(left => {
      const seconds = Math.min(HOUR_SECONDS, this.#goneAt(left) - start);
      return seconds > 0 ? [{ ...left.volume, seconds }] : [];
    });
  }

  #left(seconds: number): Left[] {
    const orphans = this.#catalogue.orphanVolumes.map(volume => ({
      volume,
      since: 0,
    }));
    if (this.#log.size === 0) {
      return orphans;
    }
    const claims = this.#catalogue
      .at(Math.floor(seconds / HOUR_SECONDS))
      .flatMap(base => (base.volume ? this.#leftBy(base, seconds) : []));
    return [...orphans, ...claims];
  }

  /** Claims of ordinals that a StatefulSet had, and has no more. */
  #leftBy(base: WorkloadSpec, seconds: number): Left[] {
    const versions = this.#history
      .versionsOf(base, seconds)
      .map(({ from, spec }) => ({ from, replicas: claimsOf(spec) }));
    const now = versions[versions.length - 1].replicas;
    const most = Math.max(...versions.map(({ replicas }) => replicas));
    return Array.from({ length: most - now }, (_, index) => {
      const ordinal = now + index;
      const had = versions.findLastIndex(({ replicas }) => replicas > ordinal);
      return {
        volume: {
          ...base.volume!,
          name: claimName(base, ordinal),
          namespace: base.namespace,
          labels: base.labels,
        },
        since: versions[had + 1].from,
      };
    });
  }

  /** When a claim was deleted after its pod was given up, or its namespace was; Infinity = not yet. */
  #goneAt({ volume: { namespace, name }, since }: Left): number {
    const entries = [
      ...this.#log.named(namespace, name),
      ...this.#log.named(undefined, namespace),
    ];
    const deletions = entries.filter(
      ({ object, patch, seconds }) =>
        patch.deleted &&
        seconds >= since &&
        (object.kind === 'PersistentVolumeClaim' ||
          object.kind === 'Namespace'),
    );
    return Math.min(...deletions.map(({ seconds }) => seconds));
  }
}
