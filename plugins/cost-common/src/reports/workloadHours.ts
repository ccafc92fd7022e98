import { Micros } from '@headroom/common';

/** What a workload was charged in an hour of which everything is known. @public */
export interface WorkloadHour {
  /** Start of the hour, ISO 8601 UTC. */
  at: string;
  /** 0 = it did not run, or was not there yet. */
  micros: Micros;
  /** Units that its service served; absent = not known. */
  units?: number;
}

/** The hours of one workload, oldest first. @public */
export interface HoursOfWorkload {
  /**
   * Hours of which not everything is known are not in it; empty where the workload
   * itself is not known.
   */
  hours: readonly WorkloadHour[];
  /** The metric that `units` are of; absent = there are none. */
  metric?: string;
}

/** The hours of workloads. @public */
export interface WorkloadHours {
  currency: string;
  /** In the order in which they were asked for. */
  workloads: readonly HoursOfWorkload[];
}

/** A workload of a cluster, by name. @public */
export interface WorkloadName {
  cluster: string;
  namespace: string;
  /** E.g. `Deployment`. */
  kind: string;
  name: string;
}

/** Most hours that are asked for at once: of all workloads together. @public */
export const MOST_WORKLOAD_HOURS = 50_000;

/** Most workloads whose hours are asked for at once. @public */
export const MOST_WORKLOADS_OF_HOURS = 200;

/**
 * Which hours of which workloads; at most {@link MOST_WORKLOADS_OF_HOURS} of these and
 * {@link MOST_WORKLOAD_HOURS} of them all together.
 *
 * @public
 */
export interface WorkloadHoursQuery {
  workloads: readonly WorkloadName[];
  /** A full hour, ISO 8601 UTC. */
  from: string;
  /** Exclusive. */
  to: string;
}
