import { parseQuantity } from '@headroom/common';
import { z } from 'zod';
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
  /** Set where it was there for no pod before. */
  isNew?: boolean;
}

const claimSchema = z.object({
  storageClassName: z.string().default('gp3'),
  resources: z.object({
    requests: z.object({ storage: z.union([z.string(), z.number()]) }),
  }),
});

/** How many claims a workload has pods for at all times. */
function claimsOf(spec: WorkloadSpec | undefined): number {
  switch (spec?.schedule.type) {
    case 'fixed':
      return spec.schedule.replicas;
    case 'elastic':
      return spec.schedule.min;
    default:
      return 0;
  }
}

/**
 * Claims that live without their pods: those nobody ever mounted, and those
 * that a StatefulSet leaves when it is scaled down or deleted, as Kubernetes
 * keeps them.
 */
export class Volumes {
  readonly #orphans: OrphanVolume[];
  readonly #history: WorkloadHistory;
  readonly #log: InterventionLog;

  constructor(
    orphans: OrphanVolume[],
    history: WorkloadHistory,
    log: InterventionLog,
  ) {
    this.#orphans = orphans;
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
      const from = left.isNew ? Math.max(start, left.since) : start;
      const until = Math.min(start + HOUR_SECONDS, this.#goneAt(left));
      const seconds = until - from;
      return seconds > 0 ? [{ ...left.volume, seconds }] : [];
    });
  }

  #left(seconds: number): Left[] {
    const orphans = this.#orphans.map(volume => ({
      volume,
      since: 0,
    }));
    if (this.#log.size === 0) {
      return orphans;
    }
    const claims = this.#history
      .basesAt(Math.floor(seconds / HOUR_SECONDS))
      .flatMap(base => this.#leftBy(base, seconds));
    return [...orphans, ...claims, ...this.#made(seconds)];
  }

  /** Claims that somebody made; whether a pod mounts them or not, they are paid. */
  #made(seconds: number): Left[] {
    return this.#log.created.all(seconds).flatMap(made => {
      const { kind, namespace = '', name, createdAt, manifest } = made;
      const parsed =
        kind === 'PersistentVolumeClaim'
          ? claimSchema.safeParse(manifest.spec)
          : undefined;
      if (!parsed?.success) {
        return [];
      }
      const { storageClassName, resources } = parsed.data;
      const volume = {
        name,
        namespace,
        storageClass: storageClassName,
        capacityBytes: parseQuantity(resources.requests.storage) ?? 0,
        labels: manifest.metadata.labels,
      };
      return [{ volume, since: createdAt, isNew: true }];
    });
  }

  /** Claims of ordinals that a StatefulSet had, and has no more. */
  #leftBy(base: WorkloadSpec, seconds: number): Left[] {
    const all = this.#history.versionsOf(base, seconds);
    const last = all.findLast(({ spec }) => spec?.volume)?.spec;
    if (!last) {
      return [];
    }
    const versions = all.map(({ from, spec }) => ({
      from,
      replicas: claimsOf(spec),
    }));
    const now = versions[versions.length - 1].replicas;
    const most = Math.max(...versions.map(({ replicas }) => replicas));
    return Array.from({ length: most - now }, (_, index) => {
      const ordinal = now + index;
      const had = versions.findLastIndex(({ replicas }) => replicas > ordinal);
      return {
        volume: {
          ...last.volume!,
          name: claimName(last, ordinal),
          namespace: last.namespace,
          labels: last.labels,
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
