import { containersOf } from './releases';
import { ContainerSpec, Schedule, WorkloadSpec } from './types';

/** Least and most replicas of a workload that is scaled. */
export function replicaBounds({
  schedule,
}: WorkloadSpec): { min: number; max: number } | undefined {
  switch (schedule.type) {
    case 'elastic':
      return { min: schedule.min, max: schedule.max };
    case 'burst':
      return { min: schedule.quiet, max: schedule.loud };
    default:
      return undefined;
  }
}

/** A schedule with other bounds; the least is kept where the most would be below it. */
export function withBounds(
  schedule: Schedule,
  bounds: { min?: number; max?: number },
): Schedule {
  switch (schedule.type) {
    case 'elastic': {
      const { min = schedule.min, max = schedule.max } = bounds;
      return { ...schedule, min, max: Math.max(min, max) };
    }
    case 'burst': {
      const { min = schedule.quiet, max = schedule.loud } = bounds;
      return { ...schedule, quiet: min, loud: Math.max(min, max) };
    }
    default:
      return schedule;
  }
}

/** KEDA scales what is said to be, and what follows a timetable. */
export function isScaledByKeda({ schedule, scaler }: WorkloadSpec): boolean {
  return scaler === 'keda' || schedule.type === 'burst';
}

function sumOf(
  containers: readonly ContainerSpec[],
  of: (container: ContainerSpec) => number,
): number {
  return containers
    .filter(({ role }) => role !== 'init')
    .reduce((sum, container) => sum + of(container), 0);
}

/** CPU of one pod at mean demand, and what it asks for by the template of a revision; init containers are over by then. */
export function cpuOfAll(
  spec: WorkloadSpec,
  revision: number,
): { used: number; asked: number } {
  return {
    used: sumOf(spec.containers, ({ usage }) => usage.cpuCores),
    asked: sumOf(
      containersOf(spec, revision),
      ({ cpuRequestCores }) => cpuRequestCores,
    ),
  };
}

/** Utilization in percent a scaler aims at: what a pod uses at mean demand of what its workload asked for at first. */
export function targetOf(spec: WorkloadSpec): number {
  const { used, asked } = cpuOfAll(spec, 0);
  return Math.round((100 * used) / asked);
}

/**
 * How many times as many replicas a target of utilization wants, now that pods
 * ask for other amounts than at first; 1 where they ask for nothing, since
 * there is no utilization then.
 */
export function pullOf(before: number, now: number): number {
  return now > 0 ? before / now : 1;
}
