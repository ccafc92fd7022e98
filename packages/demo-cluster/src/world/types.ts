import type { CapacityType } from '@headroom/plugin-cost-common';

export const GIB = 1024 ** 3;
export const MIB = 1024 ** 2;

/** Nodes that are bought alike. */
export interface NodePool {
  name: string;
  instanceType: string;
  capacityType: CapacityType;
  cpuCores: number;
  memoryBytes: number;
  gpuDevices: number;
  /** As the driver names it. */
  gpuModel?: string;
  /** Memory of one device in MiB. */
  gpuMemoryMib?: number;
  /** Nodes that stay even when nothing runs on them. */
  minNodes: number;
  /** Price of one node-hour, decimal string in USD; for spot the middle of its range. */
  hourlyPrice: string;
}

/** Where a cluster is and what it is made of. */
export interface ClusterSpec {
  name: string;
  title: string;
  region: string;
  zones: string[];
  /** Hours the people of the region are ahead of UTC. */
  utcOffsetHours: number;
  pools: NodePool[];
}

/** What a container uses on average, and how much of it follows demand. */
export interface UsageShape {
  /** Mean cores of one pod at mean demand. */
  cpuCores: number;
  /** 0 = constant, 1 = proportional to demand. */
  cpuFollows: number;
  /** Mean working set of one pod at mean demand. */
  memoryBytes: number;
  memoryFollows: number;
  /** Mean busy share of each device it holds, 0 to 1. */
  gpuBusy?: number;
  gpuFollows?: number;
  /** The working set grows to the limit in this many hours, then the kernel kills it. */
  leakHours?: number;
}

export interface ContainerSpec {
  name: string;
  image: string;
  cpuRequestCores: number;
  memoryRequestBytes: number;
  cpuLimitCores?: number;
  memoryLimitBytes?: number;
  /** Whole devices. */
  gpuDevices?: number;
  port?: number;
  usage: UsageShape;
}

/** When pods of a workload exist. */
export type Schedule =
  | { type: 'fixed'; replicas: number }
  /** As many as demand needs: `mean` pods at mean demand. */
  | { type: 'elastic'; mean: number; min: number; max: number }
  /** `quiet` pods, and `loud` for some local hours of one day of the week (0 = Sunday). */
  | {
      type: 'burst';
      quiet: number;
      loud: number;
      weekday: number;
      fromHour: number;
      hours: number;
    }
  /** Runs of a CronJob at a local hour on some days of the week. */
  | {
      type: 'runs';
      hour: number;
      minute: number;
      weekdays: number[];
      pods: number;
      minutes: [number, number];
    }
  /** One pod a node of the pools it is meant for. */
  | { type: 'daemon' };

/** A business metric: what the workload serves in one hour at mean demand. */
export interface Serves {
  metric: string;
  perHour: number;
  failedShare?: number;
}

export interface VolumeSpec {
  name: string;
  storageClass: string;
  capacityBytes: number;
}

export interface WorkloadSpec {
  name: string;
  namespace: string;
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob';
  /** Name of the node pool; for a DaemonSet `*` or `gpu`. */
  pool: string;
  /** Labels of the workload, its pods and what belongs to it. */
  labels: Record<string, string>;
  containers: ContainerSpec[];
  schedule: Schedule;
  /** Demand is multiplied by `factor` from `fromDay` of the history on. */
  growth?: { fromDay: number; factor: number };
  /** Days between releases; absent = never released. */
  releaseDays?: number;
  /** Catalog entity that `serves` is counted for. */
  entityRef?: string;
  serves?: Serves[];
  /** One claim a pod. */
  volume?: VolumeSpec;
  /** Traffic of the whole workload in one hour at mean demand. */
  network?: { internetBytes?: number; crossZoneBytes?: number };
  service?: boolean;
  /** Host name of the ingress. */
  host?: string;
  /** Set for what exists for a while only: first hour and the hour after the last, counted from the start of the world. */
  exists?: { from: number; until: number };
}

/** Claims that no pod mounts. */
export interface OrphanVolume extends VolumeSpec {
  namespace: string;
}
