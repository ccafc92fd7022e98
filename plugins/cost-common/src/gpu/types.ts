import { Wording } from '@headroom/common';
import type { GpuVerdictCode } from './verdict';
import {
  GpuBasis,
  GpuReadingFault,
  GpuSharing,
} from '../observations/observations';

/** What a device did over a window. @public */
export type GpuVerdict =
  | 'idle'
  | 'unused-memory-free'
  | 'unused-memory-held'
  | 'busy-low'
  | 'busy'
  | 'unknown';

/** A GPU or an instance of one. @public */
export interface GpuDeviceKey {
  cluster: string;
  node: string;
  board: string;
  instance?: string;
}

/** A device over a window: five-minute slots, absent readings are null. @public */
export interface GpuDeviceUse extends GpuDeviceKey {
  model?: string;
  nodePool?: string;
  sharing: GpuSharing;
  profile?: string;
  boardShare: number;
  replicas?: number;
  memoryBytes?: number;
  basis?: GpuBasis;
  readings: number;
  setAside: Partial<Record<GpuReadingFault, number>>;
  /** Device-hours it existed, was held by somebody, was held and of known use, and was busy. */
  hours: number;
  heldHours: number;
  knownHours: number;
  busyHours: number;
  /** Hours at which it computed nothing while held (see `verdict`). */
  unusedHours: number;
  /** Of unused runs longer than the waiting rule, what is left after the wait: what a rule could take back. */
  reclaimableHours: number;
  memoryPeakBytes?: number;
  memoryMinBytes?: number;
  medianBusyShare?: number;
  verdict: GpuVerdict;
  /** Why; absent in answers of older back ends. */
  verdictCode?: GpuVerdictCode;
  verdictReason: string;
  /** What a page words the reason from; absent in answers of older back ends. */
  verdictWording?: Wording;
  tenants: GpuTenant[];
}

/** Who held a device. @public */
export interface GpuTenant {
  namespace: string;
  workloadKind: string;
  workload: string;
  container: string;
  heldHours: number;
  /** Share of the device while it held it. */
  share: number;
}

/** @public */
export const GPU_ADVICE_KINDS = [
  'remove',
  'shrink',
  'share',
  'move',
  'schedule',
] as const;

/** @public */
export type GpuAdviceKind = (typeof GPU_ADVICE_KINDS)[number];

/** Advice on the GPUs of one workload. @public */
export interface GpuAdvice {
  kind: GpuAdviceKind;
  workload: {
    namespace: string;
    kind: string;
    name: string;
    container: string;
  };
  /** The service the workload is linked to. */
  entityRef?: string;
  /** One sentence: what to do and why. */
  summary: string;
  /** What is given up: isolation, start-up time, peak speed. */
  tradeOff?: string;
  proposal:
    | { kind: 'remove' }
    | { kind: 'shrink'; fromDevices: number; toDevices: number }
    | {
        kind: 'share';
        how: 'time-slicing' | 'mps' | 'mig';
        profile?: string;
        clients: number;
      }
    | {
        kind: 'move';
        fromModel: string;
        toModel: string;
        toInstanceType?: string;
      }
    /** Hours of the week to hold it in, 0 = Monday 00:00; none = scale to zero until asked. */
    | { kind: 'schedule'; busyHoursOfWeek: number[] };
  /** Figures it stands on, by name: device-hours, shares, bytes. */
  evidence: Record<string, number | string>;
  /** A month of 730 hours, micros. */
  savingMicros: string;
  confidence: number;
  withheld?: string;
  /** What a page words the sentences from; absent in answers of older back ends. */
  wording?: { summary: Wording; tradeOff?: Wording; withheld?: Wording };
}
