import { GpuAdvice, GpuDeviceUse, GpuVerdict } from '../gpu/types';
import { Micros, SourceProblem } from '@headroom/common';
import { GpuReadingFault } from '../observations/observations';
import { Comparison } from './reports';

/** Money of GPUs over the window; the other parts sum to `cost`. @public */
export interface GpuMoney {
  cost: Micros;
  used: Micros;
  /** Held and computing nothing, or its busy share left over. */
  unused: Micros;
  /** Held with no reading that counts: neither used nor unused can be said. */
  unknown: Micros;
  /** Not held by anybody. */
  idle: Micros;
  /** Of a board cut into instances: what no instance covers. */
  stranded: Micros;
}

/**
 * Energy of GPUs over the window: mean power × time. A device that is shared is
 * split as its time is, the energy of a board that is cut as its price.
 *
 * @public
 */
export interface GpuEnergy {
  /** Of `knownHours`: of the others it is not known. */
  kilowattHours: number;
  /** Device-hours, of whole boards. */
  deviceHours: number;
  /** Of `deviceHours`: those whose power is known. */
  knownHours: number;
  /** At the configured price of a kilowatt-hour; absent = there is none. */
  micros?: Micros;
}

/** Energy of the GPUs that one workload held. @public */
export interface GpuWorkloadEnergy extends GpuEnergy {
  cluster: string;
  namespace: string;
  workloadKind: string;
  workload: string;
  container: string;
  /** The service it is linked to. */
  entityRef?: string;
}

/** Energy of all GPUs of a report; the parts sum to `total`. @public */
export interface GpuEnergyReport {
  total: GpuEnergy;
  held: GpuEnergy;
  /** Not held by anybody. */
  idle: GpuEnergy;
  /** No label says who held them. */
  ownerUnknown: GpuEnergy;
  /** Of boards cut into instances: the part of no instance. */
  stranded: GpuEnergy;
  /** As configured: decimal string in the stored currency. */
  price?: { perKilowattHour: string; currency: string };
  /** Those that took most, at most 500. */
  workloads: GpuWorkloadEnergy[];
  /** Of the services their workloads are linked to, the most first. */
  services: Array<GpuEnergy & { entityRef: string }>;
}

/** One GPU or instance in the table. @public */
export interface GpuDeviceRow extends GpuDeviceUse {
  id: string;
  money: GpuMoney;
  energy?: GpuEnergy;
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
    unusedHours: number;
    reclaimableHours: number;
    money: GpuMoney;
    /** `money.cost` against the window before; absent when nothing is known of that. */
    previous?: Comparison;
  };
  energy?: GpuEnergyReport;
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
    idleHours: number;
    memoryHeldShare: number | null;
    energy?: GpuEnergy;
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
