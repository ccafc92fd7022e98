import { Worded } from '@headroom/common';
import { GpuAdvice } from '../types';

/** One hour of the week of a workload, over all weeks of the window. @public */
export interface WeekHour {
  /** Device-hours it held. */
  held: number;
  /** Times this hour was seen with a device held. */
  seen: number;
  /** Times something was computed in it, or nobody can say. */
  computing: number;
}

/**
 * What one container of one workload did with the GPUs it held over a window.
 * Hours are device-hours, of its own share where it shares devices.
 *
 * @public
 */
export interface GpuWorkloadUse {
  workload: GpuAdvice['workload'];
  /** What it paid for GPUs in the window. */
  costMicros: bigint;
  /** Days on which it held some. */
  days: number;
  /** From the first hour it held one to the end of what was read: what its cost is spread over. */
  observedHours: number;
  /** Hours, not device-hours, in which it held any. */
  heldHours: number;
  deviceHours: number;
  knownHours: number;
  busyHours: number;
  /** With those in which power says that it computed, whatever it reads. */
  computingHours: number;
  /** Every device was whole and its alone: its readings are this workload's. */
  exclusive: boolean;
  /** Set when every device was a MIG instance of this profile and its alone. */
  migProfile?: string;
  /** Share of a board one of its devices is; of several the mean. */
  boardShare: number;
  /** Most devices held at once. */
  maxDevices: number;
  /** Highest five-minute busy share of one device, and sum over its devices. */
  peakBusyShare: number;
  peakBusyDevices: number;
  /** The model it held most of. */
  model?: string;
  severalModels: boolean;
  /** Memory of its smallest device. */
  deviceMemoryBytes?: number;
  /** Absent unless it was known in at least 90 % of the time. */
  memory?: {
    /** Highest and lowest of one device, and highest sum over its devices. */
    peakBytes: number;
    leastBytes: number;
    /** The lowest for each of those who held the device at a time. */
    leastOfHolderBytes: number;
    peakSumBytes: number;
  };
  /** 168, Monday 00:00 first. */
  week: WeekHour[];
}

/** What a device-hour of a type costs where it can be had. @public */
export interface GpuOffer {
  /** As the driver names it. */
  model: string;
  instanceType?: string;
  /** Of one device, with its share of CPU and memory left out. */
  hourlyMicros: bigint;
}

/** A proposal before it is weighed against others. */
export interface Candidate {
  kind: GpuAdvice['kind'];
  proposal: GpuAdvice['proposal'];
  summary: Worded;
  tradeOff?: Worded;
  evidence?: GpuAdvice['evidence'];
  /** Part of the workload's GPU cost that is saved, 0 to 1. */
  savedShare: number;
  withheld?: Worded;
}
