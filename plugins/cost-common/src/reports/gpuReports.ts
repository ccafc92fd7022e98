import { GpuAdvice, GpuDeviceUse, GpuVerdict } from '../gpu/types';
import { Micros } from '../money/Money';
import { GpuReadingFault, SourceProblem } from '../observations/observations';

/** Money of GPUs over the window; the other parts sum to `cost`. @public */
export interface GpuMoney {
  cost: Micros;
  used: Micros;
  /** Held and computing nothing, or its busy share left over. */
  idle: Micros;
  /** Held with no reading that counts: neither used nor idle can be said. */
  unknown: Micros;
  /** Not held by anybody. */
  unallocated: Micros;
  /** Of a board cut into instances: what no instance covers. */
  stranded: Micros;
}

/** One GPU or instance in the table. @public */
export interface GpuDeviceRow extends GpuDeviceUse {
  id: string;
  money: GpuMoney;
  /** Busy share by day, null = gap. */
  days: Array<{ day: string; heldHours: number; busyHours: number | null }>;
}

/** Answer to "are my GPUs working?", for a service or the fleet. @public */
export interface GpuReport {
  entityRef?: string;
  /** `no-gpus` = nothing held a GPU in the window; `no-readings` = held, but no device reports. */
  status: 'ok' | 'no-gpus' | 'no-readings' | 'no-workloads' | 'no-data';
  window: { start: string; end: string; timezone: string; partialDay?: string };
  currency: string;
  simulated: boolean;
  restricted: boolean;
  headline: {
    deviceHours: number;
    heldHours: number;
    knownHours: number;
    busyHours: number;
    idleHours: number;
    reclaimableHours: number;
    money: GpuMoney;
  };
  /** What busy shares were measured by: device-hours a basis. */
  bases: Array<{ basis: string; hours: number }>;
  /** Readings set aside, and those that count. */
  readings: number;
  setAside: Partial<Record<GpuReadingFault, number>>;
  days: Array<{
    day: string;
    heldHours: number;
    /** Of `heldHours`: those whose use is known. */
    knownHours?: number;
    busyHours: number | null;
    unallocatedHours: number;
    memoryHeldShare: number | null;
  }>;
  /** 168 cells, Monday 00:00 first, in `window.timezone`. Device-hours; null = no data in that hour of any week. */
  heatMap: Array<{
    held: number;
    /** Of `held`: those whose use is known. */
    known?: number;
    busy: number | null;
  } | null>;
  verdicts: Partial<Record<GpuVerdict, number>>;
  devices: GpuDeviceRow[];
  /** Boards cut into instances, with what none of them covers. */
  boards: Array<{
    cluster: string;
    node: string;
    board: string;
    model?: string;
    instances: string[];
    strandedShare: number;
    strandedMicros: Micros;
  }>;
  advice: GpuAdvice[];
  problems: SourceProblem[];
}
