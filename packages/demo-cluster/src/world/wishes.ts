import { hashText, jitter, mix, safeSuffix, uniform } from './random';
import { Calendar } from './seasons';
import { workloadId } from './objectIds';
import { HOUR_SECONDS } from './time';
import { Schedule, WorkloadSpec } from './types';

/** A pod that a workload wants to have. The same key in the next hour is the same pod. */
export interface PodWish {
  key: string;
  spec: WorkloadSpec;
  /** Which replica, counted from 0. */
  ordinal: number;
  /** Template of the workload the pod was made from; changes with a release. */
  revision: number;
  /** Seconds after the start of the hour at which it is created, when it doesn't exist yet. */
  from: number;
  /** Set for pods that end by themselves: seconds since the start of the world. */
  until?: number;
  /** Set for pods of a CronJob: hour the run was due. */
  runHour?: number;
}

/** Demand in office hours, so that its mean over a week is 1. */
const OFFICE_DEMAND = (7 * 24) / (5 * 9);

/** The schedule that a workload's figures of usage are stated for. */
function usualSchedule({ usual, schedule }: WorkloadSpec): Schedule {
  return usual ?? schedule;
}

/** Numbers of a workload that don't change, kept to spare the hashing. */
export interface WorkloadKey {
  id: string;
  hash: number;
}

/** Name of the Job of a run: the CronJob's, and the minute it was due. */
export function jobName(
  spec: WorkloadSpec,
  runHour: number,
  startHour: number,
): string {
  const minute = spec.schedule.type === 'runs' ? spec.schedule.minute : 0;
  return `${spec.name}-${(startHour + runHour) * 60 + minute}`;
}

/** When a run of a CronJob was due, in seconds since the start of the world. */
export function runStart(spec: WorkloadSpec, runHour: number): number {
  const minute = spec.schedule.type === 'runs' ? spec.schedule.minute : 0;
  return runHour * HOUR_SECONDS + minute * 60;
}

/** What a workload wants, hour by hour; pure, and independent of what ran before. */
export class Wishes {
  readonly #calendar: Calendar;
  readonly #seed: number;
  readonly #keys = new WeakMap<WorkloadSpec, WorkloadKey>();

  constructor(calendar: Calendar, seed: number) {
    this.#calendar = calendar;
    this.#seed = seed;
  }

  /** The stable identity of a workload. */
  keyOf(spec: WorkloadSpec): WorkloadKey {
    let key = this.#keys.get(spec);
    if (!key) {
      const id = workloadId(spec);
      key = { id, hash: mix(this.#seed, hashText(id)) };
      this.#keys.set(spec, key);
    }
    return key;
  }

  /** Demand for a workload relative to its mean. */
  demand(spec: WorkloadSpec, hour: number): number {
    const { hash } = this.keyOf(spec);
    const schedule = usualSchedule(spec);
    if (schedule.type === 'burst') {
      return this.#bursts(schedule, hour) ? 13 : 1;
    }
    if (spec.officeHours) {
      const busy = OFFICE_DEMAND * jitter(hash, hour, 0.1);
      return this.#calendar.isOffice(hour) ? busy : 0;
    }
    const factor =
      spec.growth && hour >= spec.growth.fromDay * 24 ? spec.growth.factor : 1;
    return factor * this.#calendar.demand(hour, hash);
  }

  /** Demand one pod of a workload meets, relative to its mean: the fewer there are, the more is left to each. */
  demandPerPod(spec: WorkloadSpec, hour: number): number {
    const demand = this.demand(spec, hour);
    const usual = usualSchedule(spec);
    const replicas = () => Math.max(1, this.replicas(spec, hour));
    if (usual.type === 'elastic') {
      return (demand * usual.mean) / replicas();
    }
    return spec.usual
      ? (demand * this.#replicasOf(usual, spec, hour)) / replicas()
      : demand;
  }

  /** How many replicas a workload that isn't a CronJob or DaemonSet has in an hour. */
  replicas(spec: WorkloadSpec, hour: number): number {
    if (spec.stopped) {
      return 0;
    }
    return spec.paused?.replicas ?? this.#replicasOf(spec.schedule, spec, hour);
  }

  #replicasOf(schedule: Schedule, spec: WorkloadSpec, hour: number): number {
    switch (schedule.type) {
      case 'fixed':
        return schedule.replicas;
      case 'elastic': {
        const { pull = 1 } = spec;
        const wanted = Math.ceil(
          schedule.mean * this.demand(spec, hour) * pull,
        );
        return Math.min(schedule.max, Math.max(schedule.min, wanted));
      }
      case 'burst':
        return this.#bursts(schedule, hour) ? schedule.loud : schedule.quiet;
      default:
        return 0;
    }
  }

  /** Which revision of its template a workload is at: 0 for the first. */
  revision(spec: WorkloadSpec, hour: number): number {
    const edits = spec.edit?.count ?? 0;
    if (!spec.releaseDays) {
      const changes = spec.changes ?? [];
      return (
        edits + changes.filter(({ fromDay }) => hour >= fromDay * 24).length
      );
    }
    const period = spec.releaseDays * 24;
    const phase = Math.floor(uniform(this.keyOf(spec).hash, 77) * period);
    return edits + Math.floor((hour + phase) / period);
  }

  /** Seconds into an hour at which a replica begins, when it does: within 25 minutes. */
  startOffset(spec: WorkloadSpec, hour: number, ordinal: number): number {
    const { hash } = this.keyOf(spec);
    return 1 + Math.floor(uniform(mix(hash, hour), ordinal) * 1500);
  }

  /** Hash in the name of the ReplicaSet of a release. */
  templateHash(spec: WorkloadSpec, revision: number): string {
    return safeSuffix(mix(this.keyOf(spec).hash, 1000 + revision), 10);
  }

  /** Pods a workload wants in an hour. */
  at(spec: WorkloadSpec, hour: number): PodWish[] {
    switch (spec.schedule.type) {
      case 'daemon':
        return [];
      case 'runs':
        return this.#runs(spec, hour);
      default:
        return this.#replicas(spec, hour);
    }
  }

  /** Hours of the last runs of a CronJob at or before an hour, latest first, as far as they began. */
  lastRunHours(
    spec: WorkloadSpec,
    hour: number,
    count: number,
    began: (runHour: number) => boolean,
  ): number[] {
    const found: number[] = [];
    for (let at = hour; at >= 0 && at > hour - 24 * 10; at--) {
      if (found.length === count) {
        break;
      }
      if (this.#runsAt(spec, at) && began(at)) {
        found.push(at);
      }
    }
    return found;
  }

  #replicas(spec: WorkloadSpec, hour: number): PodWish[] {
    const { id } = this.keyOf(spec);
    const schedule = spec.schedule;
    const revision = this.revision(spec, hour);
    // Replicas above the minimum come in the morning and go at night, and are other pods every day.
    const lasting =
      schedule.type === 'elastic' && !spec.paused
        ? schedule.min
        : Number.MAX_SAFE_INTEGER;
    const day = this.#calendar.quietDay(hour);
    return Array.from({ length: this.replicas(spec, hour) }, (_, ordinal) => {
      const era = ordinal < lasting ? '' : `/${day}`;
      return {
        key: `${id}/${revision}/${ordinal}${era}`,
        spec,
        ordinal,
        revision,
        from: this.startOffset(spec, hour, ordinal),
      };
    });
  }

  #runs(spec: WorkloadSpec, hour: number): PodWish[] {
    if (
      spec.suspended ||
      !this.#runsAt(spec, hour) ||
      spec.schedule.type !== 'runs'
    ) {
      return [];
    }
    const { id, hash } = this.keyOf(spec);
    const { pods, minutes, minute } = spec.schedule;
    const due = runStart(spec, hour);
    return Array.from({ length: pods }, (_, ordinal) => {
      const share = uniform(mix(hash, hour), ordinal);
      const lasts = 60 * (minutes[0] + share * (minutes[1] - minutes[0]));
      return {
        key: `${id}/${hour}/${ordinal}`,
        spec,
        ordinal,
        revision: this.revision(spec, hour),
        from: minute * 60,
        until: due + Math.round(lasts),
        runHour: hour,
      };
    });
  }

  #runsAt(spec: WorkloadSpec, hour: number): boolean {
    const schedule = spec.schedule;
    return (
      schedule.type === 'runs' &&
      this.#calendar.localHour(hour) === schedule.hour &&
      schedule.weekdays.includes(this.#calendar.weekday(hour))
    );
  }

  #bursts(
    schedule: { weekday: number; fromHour: number; hours: number },
    hour: number,
  ): boolean {
    const into = this.#calendar.localHour(hour) - schedule.fromHour;
    return (
      this.#calendar.weekday(hour) === schedule.weekday &&
      into >= 0 &&
      into < schedule.hours
    );
  }
}
