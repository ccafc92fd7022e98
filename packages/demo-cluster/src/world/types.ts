import type { CapacityType } from '@headroom/plugin-cost-common';

export const GIB = 1024 ** 3;
export const MIB = 1024 ** 2;

/** How the boards of a pool are offered to pods; absent = each as a whole. */
export type GpuOffer =
  | { type: 'time-slicing'; replicas: number }
  /** Every board is cut into these instances. */
  | { type: 'mig'; instances: MigInstance[] };

/** A MIG instance: its name, and what it has of its board. */
export interface MigInstance {
  profile: string;
  /** Sevenths of the compute. */
  computeSevenths: number;
  /** Eighths of the memory. */
  memoryEighths: number;
}

/** Nodes that are bought alike. */
export interface NodePool {
  name: string;
  instanceType: string;
  capacityType: CapacityType;
  cpuCores: number;
  memoryBytes: number;
  gpuDevices: number;
  /** The model, as the driver names it. */
  gpuModel?: string;
  /** Memory of one device in MiB. */
  gpuMemoryMib?: number;
  gpuOffer?: GpuOffer;
  /** Profiling counters read 0 whatever the device does. */
  profilingSilent?: boolean;
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
  /** Mean busy share of what it holds of GPUs; above 1 = it wants more than there is. */
  gpuBusy?: number;
  gpuFollows?: number;
  /** Memory held on each device it uses. */
  gpuMemoryBytes?: number;
  /** How many of the devices it holds it uses; all unless said. */
  gpuUsed?: number;
  /** How far five-minute means of CPU stray from the hour's, 0.1 unless said. */
  cpuNoise?: number;
  /** In its first ten minutes it uses this many times as much CPU. */
  startupTimes?: number;
  /** On this node of the cluster, counted from 0, a DaemonSet uses so many times as much. */
  odd?: { node: number; times: number };
  /** The working set grows to the limit in this many hours, then the kernel kills it. */
  leakHours?: number;
  /** Up to where it grows when there is no limit. */
  leakToBytes?: number;
  /** The working set it needs in its first twenty minutes, whatever comes after. */
  startupBytes?: number;
}

export interface ContainerSpec {
  name: string;
  image: string;
  /** An init container ends before the others begin; a sidecar is one that never ends. */
  role?: 'main' | 'sidecar' | 'init';
  env?: Record<string, string>;
  cpuRequestCores: number;
  memoryRequestBytes: number;
  cpuLimitCores?: number;
  memoryLimitBytes?: number;
  /** Units of `gpuResource`. */
  gpuDevices?: number;
  /** `nvidia.com/gpu`, a whole device, unless said. */
  gpuResource?: string;
  port?: number;
  usage: UsageShape;
}

/** When pods of a workload exist. */
export type Schedule =
  | { type: 'fixed'; replicas: number }
  /** As many pods as demand needs: `mean` of them at mean demand. */
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
  /** One pod on each node of the pools that the workload is meant for. */
  | { type: 'daemon' };

/** The template of a workload's pods after it was changed from outside. */
export interface TemplateEdit {
  /** When it was made, in seconds since the start of the world. */
  at: number;
  /** The revision it made. */
  revision: number;
  /** How many of the revisions up to it were made from outside. */
  count: number;
  containers: ContainerSpec[];
  /** Labels of the pods, without those their controller gives them. */
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** The spec of the pods as it was written, where somebody wrote it as a whole. */
  podSpec?: Record<string, unknown>;
  /** The one before. */
  previous?: TemplateEdit;
}

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
  /** `Pod` = one that no controller makes again. */
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob' | 'Pod';
  /** Name of the node pool; for a DaemonSet `*` or `gpu`. */
  pool: string;
  /** Labels of the workload, its pods and what belongs to it. */
  labels: Record<string, string>;
  containers: ContainerSpec[];
  schedule: Schedule;
  /** Demand is multiplied by `factor` from `fromDay` of the history on. */
  growth?: { fromDay: number; factor: number };
  /** Wanted only while people of the region are at work; demand is 0 at other times. */
  officeHours?: boolean;
  /** Days between releases; absent = never released. */
  releaseDays?: number;
  /** A release brings a new image; else it is one of configuration. */
  newImages?: boolean;
  /** New limits or requests of its first container from a day of the history on; not together with releases. */
  changes?: Array<{
    fromDay: number;
    spec: Pick<ContainerSpec, 'cpuLimitCores' | 'memoryLimitBytes'>;
  }>;
  annotations?: Record<string, string>;
  /** A VerticalPodAutoscaler looks at it. */
  vpa?: { updateMode: 'Off' | 'Auto' };
  /** What scales it, when its schedule is elastic; an HPA unless said. */
  scaler?: 'hpa' | 'keda';
  /** Catalog entity that `serves` is counted for. */
  entityRef?: string;
  serves?: Serves[];
  /** Each pod has a claim of its own. */
  volume?: VolumeSpec;
  /** Traffic of the whole workload in one hour at mean demand. */
  network?: { internetBytes?: number; crossZoneBytes?: number };
  service?: boolean;
  /** Lives in a namespace of its own, which goes with it. */
  preview?: boolean;
  /** Host name of the ingress. */
  host?: string;
  /** Labels by which it finds its pods, where somebody wrote them. */
  matchLabels?: Record<string, string>;
  /** The autoscaler that somebody made for it. */
  scaledBy?: { kind: 'HorizontalPodAutoscaler' | 'ScaledObject'; name: string };
  /** Set for what is not always there: first hour and the hour after the last, counted from the start of the world. */
  exists?: { from: number; until: number };
  /** The last change of its template from outside. */
  edit?: TemplateEdit;
  /** How many times as many replicas its autoscaler wants since pods ask for other amounts, or its target moved; 1 unless said. */
  pull?: number;
  /** Percent that its autoscaler aims at, when that was changed from outside. */
  targetUtilization?: number;
  /** The schedule its usage is stated for, when that was changed from outside. */
  usual?: Schedule;
  /** KEDA was told to leave it alone: how many replicas it has meanwhile, and the annotations that say so. */
  paused?: { replicas: number; annotations: Record<string, string> };
  /** Scaled to nothing from outside: its autoscaler leaves it so. */
  stopped?: boolean;
  /** A CronJob that begins no runs. */
  suspended?: boolean;
  /** Changes of its spec from outside that made no new template. */
  scalings?: number;
}

/** Claims that no pod mounts. */
export interface OrphanVolume extends VolumeSpec {
  namespace: string;
  /** Of the workload that left it. */
  labels?: Record<string, string>;
}
