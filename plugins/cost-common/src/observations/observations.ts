import { SourceProblem } from '@headroom/common';
import { CapacityType } from '../resources/resources';

/**
 * What was bought before a node ran in it. `on-demand` = a reservation of
 * capacity, billed at the on-demand rate whether a node runs in it or not.
 * `block` = a Capacity Block, paid in advance at a price of its own.
 *
 * @public
 */
export type CapacityReservation = 'on-demand' | 'block';

/**
 * One node for one hour, as a source saw it.
 *
 * @public
 */
export interface NodeHour {
  /** Start of the hour, ISO 8601 UTC, e.g. `2026-01-02T03:00:00.000Z`. */
  hour: string;
  node: string;
  instanceType?: string;
  region?: string;
  zone?: string;
  capacityType: CapacityType;
  /** Set when the node runs in capacity that was reserved. */
  reservation?: CapacityReservation;
  /** Its licence is billed beside the machine; absent = Linux, or not known. */
  operatingSystem?: 'windows';
  /** Whose fee is billed beside the machine; absent = nobody's that is known. */
  managedBy?: 'eks-auto-mode';
  nodePool?: string;
  /** What the provider calls the machine, as `spec.providerID` has it: `aws:///us-west-2a/i-0abc`. Bills know it by that. */
  providerId?: string;
  /** Capacity of the node, not its allocatable rest. */
  cpuCores: number;
  memoryBytes: number;
  /** Physical GPU devices (1 = one whole board). */
  gpuDevices: number;
  /** Model as the driver names it, e.g. `NVIDIA-A100-SXM4-40GB`. */
  gpuModel?: string;
  /** Seconds of this hour the node existed, 0 to 3600. */
  upSeconds: number;
  /** Price of the whole node for one hour, when the source knows it: decimal string in `priceCurrency`. */
  hourlyPrice?: string;
  priceCurrency?: string;
  /**
   * `pods` = the node is no machine: its pods are billed and its capacity is
   * nobody's (Fargate, virtual nodes, Autopilot). `node` = it is a machine,
   * whatever its name says. Absent = told from its name, else a machine.
   */
  billing?: 'node' | 'pods';
  /** Who bills the pods: `platform` of a price for pods, e.g. `eks-fargate`. */
  podPlatform?: string;
}

/** Length of one sample of {@link ContainerSamples}: five minutes. @public */
export const SLOT_SECONDS = 300;

/** Samples in one hour. @public */
export const SLOTS_PER_HOUR = 12;

/**
 * Twelve samples of an hour, the first of its first five minutes. `null` = not
 * known, never 0: the container did not run, or nobody looked.
 *
 * @public
 */
export type HourSamples = ReadonlyArray<number | null>;

/** What one container of one pod used within an hour. @public */
export interface ContainerSamples {
  /** Mean cores in each slot. */
  cpuCores?: HourSamples;
  /** Highest working set in each slot. */
  memoryBytes?: HourSamples;
}

/**
 * One container for one hour. Quantities are integrals over the hour
 * (core-seconds, byte-seconds, device-seconds), so a container that lived for
 * ten minutes needs no special case. `undefined` means "not known", never 0.
 *
 * @public
 */
export interface ContainerHour {
  hour: string;
  namespace: string;
  pod: string;
  container: string;
  /** Absent when the pod was not bound to a node. */
  node?: string;
  /** The controller that owns the pod, at its top: Deployment rather than ReplicaSet, CronJob rather than Job. */
  workloadKind: string;
  workload: string;
  /** Pod labels; keys as Kubernetes has them, or as the source mangled them (see `labelsSanitized`). */
  labels: Record<string, string>;
  /** True when label keys went through Prometheus: every character outside `[a-zA-Z0-9_]` became `_`. */
  labelsSanitized?: boolean;
  /** Seconds of this hour the container's pod was bound to the node, 0 to 3600. */
  runSeconds: number;
  cpuRequestCoreSeconds?: number;
  cpuUsageCoreSeconds?: number;
  memoryRequestByteSeconds?: number;
  memoryUsageByteSeconds?: number;
  /**
   * What is charged when the source looks closer than the hour: the sum over
   * slots of five minutes of max(request, usage), at least either of the two
   * sums. Absent = max(request, usage) of the hour.
   */
  cpuChargedCoreSeconds?: number;
  memoryChargedByteSeconds?: number;
  /** Reserved share of physical devices × seconds (a MIG slice or a time-slice is less than 1). */
  gpuRequestDeviceSeconds?: number;
  /** Busy share of the reserved devices × seconds: 0 ≤ busy ≤ reserved. */
  gpuBusyDeviceSeconds?: number;
  /** Absent when the source has no finer data than the hour. */
  samples?: ContainerSamples;
  /** Limits at the end of its time in this hour; absent = none set, or not known (see `specKnown`). */
  cpuLimitCores?: number;
  memoryLimitBytes?: number;
  image?: string;
  /** True when the source read requests and limits, so that an absent limit means "none". */
  specKnown?: boolean;
  /** Kills for lack of memory in this hour; absent = not known. */
  oomKills?: number;
  restarts?: number;
  /** Share of CFS periods in which it was throttled, 0 to 1; absent = not known or no CPU limit. */
  throttledShare?: number;
  /** When the container last started, ISO 8601 UTC; absent = not known. */
  startedAt?: string;
  /** Name of the Job the pod belongs to: one run. */
  run?: string;
}

/** How a GPU is shared. @public */
export type GpuSharing =
  | 'whole'
  | 'time-slicing'
  | 'mps'
  | 'mig'
  | 'fraction'
  | 'dra';

/** What a busy share was measured by, the most telling first. @public */
export const GPU_BASES = ['sm-active', 'engine-active', 'utilisation'] as const;

/** @public */
export type GpuBasis = (typeof GPU_BASES)[number];

/**
 * Why readings were set aside: out of range; always the same at the power of a
 * board that computes nothing; no workload labels on a device that is held; a
 * profiling counter at 0 while the device was in use; too few in the hour.
 *
 * @public
 */
export type GpuReadingFault =
  | 'impossible'
  | 'latched'
  | 'unlabelled'
  | 'profiling-silent'
  | 'too-few';

/**
 * One GPU, or one MIG instance of one, for one hour. A device that several pods
 * share is one device with several tenants.
 *
 * @public
 */
export interface GpuDeviceHour {
  hour: string;
  node: string;
  /** UUID of the board; `<node> gpu <index>` when there is none. */
  board: string;
  /** MIG instance on the board. */
  instance?: string;
  /** As the driver names it. */
  model?: string;
  sharing: GpuSharing;
  /** MIG profile, e.g. `3g.40gb`. */
  profile?: string;
  /** Share of the board's price this device is: 1 unless it is an instance. */
  boardShare: number;
  /** Clients it is offered to at once, for time-slicing and MPS. */
  replicas?: number;
  /** Memory of the device or instance. */
  memoryBytes?: number;
  /** Busy share of this device in each slot, 0 to 1, faulty readings set aside. */
  busyShare?: HourSamples;
  /** Highest memory held in each slot. */
  memoryUsedBytes?: HourSamples;
  /** Mean power of the board in watts; of an instance, too, of its whole board. */
  powerWatts?: number;
  /** Seconds of this hour in which power was read; absent = all of it. */
  poweredSeconds?: number;
  basis?: GpuBasis;
  /** Readings that count, and those set aside, by reason. */
  readings: number;
  setAside: Partial<Record<GpuReadingFault, number>>;
  /** Who held it, and for how long. Empty = nobody, unless `tenantsKnown` is false. */
  tenants: Array<{
    namespace: string;
    pod: string;
    container: string;
    heldSeconds: number;
    /** Share of the device it holds, where that is not an equal one. */
    share?: number;
  }>;
  /** False when labels were missing: then an empty list says nothing. */
  tenantsKnown: boolean;
}

/**
 * One persistent volume claim for one hour.
 *
 * @public
 */
export interface VolumeHour {
  hour: string;
  namespace: string;
  claim: string;
  storageClass?: string;
  region?: string;
  /**
   * What it is on when that is no disk of its own: `shared` = a file system or a
   * bucket, of which no size is paid for; `node` = the node's own disk, which is in
   * the node's price. Absent = a disk, or not known.
   */
  backing?: 'shared' | 'node';
  capacityByteSeconds: number;
  /** Pods that mounted the claim in this hour; empty = unmounted. */
  pods: string[];
  /**
   * Seconds of the hour that fall to each of `pods`: seconds in which several
   * mounted it are divided among them. What no pod had is unmounted. Absent =
   * the pods share the hour evenly.
   */
  podSeconds?: number[];
  /** Seconds of the hour the volume existed; absent = the whole hour. */
  existedSeconds?: number;
}

/**
 * Traffic of one pod for one hour that a provider bills for.
 *
 * @public
 */
export interface NetworkHour {
  hour: string;
  namespace: string;
  pod: string;
  /** Bytes that left the zone but stayed in the region. */
  crossZoneBytes?: number;
  crossRegionBytes?: number;
  internetBytes?: number;
}

/**
 * Codes of problems, other than those of severity `info`, that make an answer a
 * partial one: amounts of the hour are not all there, or not the right ones.
 *
 * - `partial-answer`: a part of the source was silent
 * - `partial-hour`: the hour was measured for a part of its time
 * - `no-usage-of-node`: usage of a node was measured for a part of the time. (Of
 *   one that is never measured requests are charged, hour after hour alike.)
 * - `not-a-number`: amounts were said that are no number
 * - `price-source`: a source of prices was silent
 * - `several-clusters`: what was read is of more clusters than this one
 *
 * A partial answer never replaces a complete hour; stored where there is none,
 * its hour doesn't count as complete.
 *
 * @public
 */
export const DEGRADING_PROBLEMS: readonly string[] = [
  'partial-answer',
  'partial-hour',
  'no-usage-of-node',
  'not-a-number',
  'price-source',
  'several-clusters',
];

/**
 * Codes of problems of severity `info` that are shown with a day: what they say of
 * prices and scrapes bears on its money. Other remarks are of their hour alone.
 *
 * @public
 */
export const SHOWN_REMARKS: readonly string[] = [
  'list-price-elsewhere',
  'representative-spot-price',
  'capacity-reservation',
  'scrapes-failed',
  'told-twice',
];

/**
 * Everything a source observed of one cluster in a window of whole hours.
 *
 * @public
 */
export interface Observations {
  nodes: NodeHour[];
  containers: ContainerHour[];
  volumes: VolumeHour[];
  network: NetworkHour[];
  /** Absent when the source has no readings a device. */
  devices?: GpuDeviceHour[];
  /** Hours of the window the source has no data for at all; they stay gaps. */
  missingHours: string[];
  problems: SourceProblem[];
  /** How many requests the answer took. */
  queries: number;
}
