import { WorkloadSpec } from '../../world/types';

/** Least and most replicas of a workload that is scaled. */
export function replicaBounds(
  spec: WorkloadSpec,
): { min: number; max: number } | undefined {
  const { schedule } = spec;
  switch (schedule.type) {
    case 'elastic':
      return { min: schedule.min, max: schedule.max };
    case 'burst':
      return { min: schedule.quiet, max: schedule.loud };
    default:
      return undefined;
  }
}

/** KEDA scales what is said to be, and what follows a timetable. */
export function isScaledByKeda({ schedule, scaler }: WorkloadSpec): boolean {
  return scaler === 'keda' || schedule.type === 'burst';
}

/** CPU of one pod at mean demand, and what it asks for; init containers are over by then. */
export function cpuOfAll(spec: WorkloadSpec): { used: number; asked: number } {
  const lasting = spec.containers.filter(({ role }) => role !== 'init');
  return {
    used: lasting.reduce((sum, c) => sum + c.usage.cpuCores, 0),
    asked: lasting.reduce((sum, c) => sum + c.cpuRequestCores, 0),
  };
}

/** Utilization in percent a scaler aims at: what a pod uses at mean demand. */
export function targetOf(spec: WorkloadSpec): number {
  const { used, asked } = cpuOfAll(spec);
  return Math.round((100 * used) / asked);
}
