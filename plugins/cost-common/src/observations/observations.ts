import { CapacityType } from '../resources/resources';

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
  nodePool?: string;
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
  /** Reserved share of physical devices × seconds (a MIG slice or a time-slice is less than 1). */
  gpuRequestDeviceSeconds?: number;
  /** Busy share of the reserved devices × seconds: 0 ≤ busy ≤ reserved. */
  gpuBusyDeviceSeconds?: number;
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
  capacityByteSeconds: number;
  /** Pods that mounted the claim in this hour; empty = unmounted. */
  pods: string[];
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
 * Something a source said that cannot be true, or that it could not say.
 * Shown beside the figures it touches; never silently repaired.
 *
 * @public
 */
export interface SourceProblem {
  /** Machine-readable, kebab-case, e.g. `usage-above-capacity`. */
  code: string;
  /** One sentence: what, where, and what would be right. */
  message: string;
  /** The hour it concerns, when it concerns one. */
  hour?: string;
  /** What it is about: a node, a pod, a series. */
  subject?: string;
  severity: 'info' | 'warning' | 'error';
}

/**
 * Codes of problems, other than those of severity `info`, that make an answer a
 * partial one: amounts of the hour are not all there, or not the right ones.
 *
 * - `partial-answer`: a part of the source was silent
 * - `partial-hour`: the hour was measured for a part of its time
 * - `price-source`: a source of prices was silent
 *
 * A partial answer never replaces a complete hour; stored where there is none,
 * its hour doesn't count as complete.
 *
 * @public
 */
export const DEGRADING_PROBLEMS: readonly string[] = [
  'partial-answer',
  'partial-hour',
  'price-source',
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
  /** Hours of the window the source has no data for at all; they stay gaps. */
  missingHours: string[];
  problems: SourceProblem[];
  /** How many requests the answer took. */
  queries: number;
}
