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

/** Utilization in percent a scaler aims at, unless somebody says: what a pod uses at mean demand of what its workload asked for at first. */
export function targetOf(spec: WorkloadSpec): number {
  return spec.targetUtilization ?? firstTargetOf(spec);
}

function firstTargetOf(spec: WorkloadSpec): number {
  const { used, asked } = cpuOfAll(spec, 0);
  return Math.round((100 * used) / asked);
}

/** A workload whose scaler wants what it does of pods of a revision: so much as it aims at of what they ask for. */
export function withPull(spec: WorkloadSpec, revision: number): WorkloadSpec {
  const { asked } = cpuOfAll(spec, 0);
  const pull = pullOf(asked, cpuOfAll(spec, revision).asked);
  return {
    ...spec,
    pull:
      spec.targetUtilization === undefined
        ? pull
        : (pull * firstTargetOf(spec)) / spec.targetUtilization,
  };
}

/**
 * How many times as many replicas a target of utilization wants, now that pods
 * ask for other amounts than at first; 1 where they ask for nothing, since
 * there is no utilization then.
 */
function pullOf(before: number, now: number): number {
  return now > 0 ? before / now : 1;
}

const PAUSED = 'autoscaling.keda.sh/paused';
const PAUSED_REPLICAS = 'autoscaling.keda.sh/paused-replicas';

/** Of annotations, those by which KEDA is told to leave a workload alone. */
export function pauseAnnotations(
  annotations: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).filter(
      ([key]) => key === PAUSED || key === PAUSED_REPLICAS,
    ),
  );
}

/**
 * How many replicas KEDA holds a workload at by its annotations: a number that
 * they give, else `now` of them; undefined when it scales it. As KEDA has it,
 * `paused` counts unless it is a no.
 */
export function pausedAt(
  annotations: Record<string, string>,
  now: number,
): number | undefined {
  const replicas = annotations[PAUSED_REPLICAS];
  if (replicas !== undefined) {
    return /^\d{1,4}$/.test(replicas) ? Number(replicas) : now;
  }
  const paused = annotations[PAUSED];
  const isNo = ['0', 'f', 'F', 'false', 'False', 'FALSE'].includes(paused);
  return paused === undefined || isNo ? undefined : now;
}
