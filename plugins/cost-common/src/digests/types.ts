import { ContainerSpec } from '@headroom/common';

/**
 * Version of the stored form. A reader refuses versions it doesn't know.
 *
 * @public
 */
export const DIGEST_VERSION = 1;

/**
 * A histogram with logarithmic buckets: any quantile is within 1 % of a value
 * that was added. Counts are integers, so merging is exact and its order does
 * not matter.
 *
 * @public
 */
export interface Histogram {
  /** Bucket codes (see `bucketOf`), ascending. */
  readonly codes: Uint16Array;
  /** How many values each bucket holds. */
  readonly counts: Float64Array;
  /** Σ counts. */
  readonly total: number;
}

/** What a container started with: its first ten minutes, over all starts of the span. @public */
export interface StartupPeak {
  starts: number;
  /** Highest five-minute mean. */
  cpuCores: number;
  memoryBytes: number;
}

/** One run of a Job. @public */
export interface RunPeak {
  /** Name of the Job. */
  run: string;
  /** Highest samples; 0 where none was taken. */
  cpuCores: number;
  memoryBytes: number;
  /** Slots with samples; 0 = it lived between two looks, and what it used is not known. */
  slots: number;
}

/** A spec and the slot it is in force from. @public */
export interface SpecSpan {
  fromSlot: number;
  spec: ContainerSpec;
}

/**
 * What one container of one workload used over consecutive hours, all its pods
 * together: a digest when the hours are a calendar day. Twelve slots of five
 * minutes an hour.
 *
 * @public
 */
export interface UsageDigest {
  /** Start of the first hour, ISO 8601 UTC. */
  start: string;
  /** 12 × hours: 288, or 276 and 300 when clocks change. */
  slots: number;
  /** Bucket code of the pod that used most in each slot; 0 = not known. */
  cpu: Uint16Array;
  memory: Uint16Array;
  /** Samples of all pods, cores and bytes. */
  cpuAll: Histogram;
  memoryAll: Histogram;
  /** Highest of all samples, exact. */
  cpuPeakCores?: number;
  memoryPeakBytes?: number;
  /** By hour of the span, all pods: what allocation charges for. */
  hours: {
    /** Pod-seconds of running. */
    runSeconds: Float64Array;
    cpuUsageCoreSeconds: Float64Array;
    memoryUsageByteSeconds: Float64Array;
  };
  /** Pod-seconds by node pool ('' = not known). */
  pools: Array<{ nodePool: string; runSeconds: number }>;
  /** Most pods in one hour. */
  pods: number;
  /** Absent = not known. */
  oomKills?: number;
  /** Highest memory limit in force in an hour with a kill. */
  oomLimitBytes?: number;
  restarts?: number;
  /** Highest of the hours' shares of throttled CFS periods, worst pod. */
  throttledShare?: number;
  startup?: StartupPeak;
  /** Runs of a Job or CronJob; at most {@link MAX_RUNS}, the largest by memory. */
  runs: RunPeak[];
  /** Specs in force, oldest first; empty = not known. */
  specs: SpecSpan[];
}

/** Runs a digest keeps. @public */
export const MAX_RUNS = 64;
