/** A workload: the controller at the top of a pod's owners, or the pod itself. @public */
export interface WorkloadRef {
  namespace: string;
  /** `Deployment`, `StatefulSet`, `DaemonSet`, `Job`, `CronJob`, `Pod`, or a custom owner's kind, e.g. `Rollout`. */
  kind: string;
  name: string;
}

/** Name GPUs have in a spec that was read from usage: boards, and shares of them. @public */
export const GPU_BOARDS = 'boards';

/** Requests and limits of one container. Absent = not set. @public */
export interface ContainerSpec {
  cpuRequestCores?: number;
  cpuLimitCores?: number;
  memoryRequestBytes?: number;
  memoryLimitBytes?: number;
  /** Units by extended resource name; from usage, boards' worth under {@link GPU_BOARDS}. */
  gpus?: Record<string, number>;
  image?: string;
}

/**
 * A runtime whose memory follows what it was told rather than what it needs.
 *
 * @public
 */
export interface FixedHeap {
  /** `jvm`, `node`, `dotnet`, `redis`, `postgres`, `elasticsearch`, `memcached` … */
  runtime: string;
  /** What shows it: `JAVA_TOOL_OPTIONS=-Xmx2g`, `image eclipse-temurin`. Never the value of any other variable. */
  evidence: string;
  /** Size that was set, when it is a size. */
  heapBytes?: number;
  /** Share of the memory limit that was set, 0 to 1. */
  heapShareOfLimit?: number;
}

/** What the pod template says about one container. @public */
export interface ContainerFacts {
  name: string;
  /** `sidecar` = an init container that restarts always. */
  role: 'main' | 'sidecar' | 'init';
  spec: ContainerSpec;
  fixedHeap?: FixedHeap;
  /** Memory-backed volumes (`emptyDir` of medium Memory), counted in the working set. */
  memoryVolumes?: boolean;
}

/** Requests and limits, in cores and bytes; absent = not set. @public */
export type ResourceSpec = Pick<
  ContainerSpec,
  | 'cpuRequestCores'
  | 'cpuLimitCores'
  | 'memoryRequestBytes'
  | 'memoryLimitBytes'
>;

/** What a pod template says beside its containers. @public */
export interface PodFacts {
  /** Requests and limits of the pod as a whole (`spec.resources`, KEP-2837); absent = none. */
  podSpec?: ResourceSpec;
  /** What its RuntimeClass adds to every pod's requests (`spec.overhead`); absent = nothing. */
  podOverhead?: { cpuCores?: number; memoryBytes?: number };
  /** `spec.priorityClassName`. */
  priorityClass?: string;
  /** `spec.activeDeadlineSeconds` is set: quotas of scope Terminating count it. */
  terminating?: true;
}

/** A volume that every pod of a StatefulSet claims. @public */
export interface VolumeClaimFacts {
  /** What it asks for. */
  bytes: number;
  /** Absent = the default of the cluster. */
  storageClass?: string;
}

/** A workload as the Kubernetes API has it. @public */
export interface WorkloadFacts extends WorkloadRef, PodFacts {
  uid: string;
  /** Pods wanted; absent for kinds that have none (DaemonSet, CronJob). */
  replicas?: number;
  containers: ContainerFacts[];
  /** Risk appetite set by annotation `headroom.io/appetite`, as written. */
  appetite?: string;
  /** True for pods no controller made again when they are gone. */
  bare?: boolean;
  /** Pods of it that failed to be scheduled, or were evicted, now. */
  pendingPods?: number;
  /** Labels of the nodes that its pods ask for, or prefer, with the one value that will do; absent = they take any. */
  nodeLabels?: Record<string, string>;
  /** Absent = none. */
  volumeClaims?: VolumeClaimFacts[];
}

/** One metric of an HPA that is about CPU or memory. @public */
export interface HpaResourceMetric {
  resource: 'cpu' | 'memory';
  /** Set for a ContainerResource metric. */
  container?: string;
  /** Percent of the request. */
  targetUtilization?: number;
  /** Cores or bytes for each pod; such a target does not move with the request. */
  targetAverageValue?: number;
}

/** What one VPA says about one container, in cores and bytes. @public */
export interface VpaContainerRecommendation {
  container: string;
  target: { cpuCores?: number; memoryBytes?: number };
  lowerBound?: { cpuCores?: number; memoryBytes?: number };
  upperBound?: { cpuCores?: number; memoryBytes?: number };
  uncappedTarget?: { cpuCores?: number; memoryBytes?: number };
}

/** An object that sets, or reacts to, a workload's requests. @public */
export type Steering =
  | {
      kind: 'HorizontalPodAutoscaler';
      name: string;
      target: WorkloadRef;
      minReplicas: number;
      maxReplicas: number;
      /** CPU and memory metrics; other metrics don't move with requests. */
      metrics: HpaResourceMetric[];
      otherMetrics: number;
      /** Name of the ScaledObject that owns it. */
      ownedBy?: string;
    }
  | {
      kind: 'ScaledObject';
      name: string;
      target: WorkloadRef;
      minReplicas: number;
      maxReplicas: number;
      /** Triggers of type cpu and memory. */
      metrics: HpaResourceMetric[];
      otherMetrics: number;
      paused: boolean;
    }
  | {
      kind: 'VerticalPodAutoscaler';
      name: string;
      target: WorkloadRef;
      /** `Off` only recommends. */
      updateMode:
        | 'Off'
        | 'Initial'
        | 'Recreate'
        | 'InPlaceOrRecreate'
        | 'InPlace'
        | 'Auto';
      /** Containers and resources it sets; empty lists mean all. */
      controlled: Array<{
        container: string;
        mode: 'Auto' | 'Off';
        resources: Array<'cpu' | 'memory'>;
        values: 'RequestsAndLimits' | 'RequestsOnly';
      }>;
      recommendations: VpaContainerRecommendation[];
      /** When `recommendations` last changed, ISO 8601 UTC, where the object says so. */
      recommendedAt?: string;
    };

/** One line of a LimitRange that is about CPU or memory. @public */
export interface LimitRangeLine {
  /** Of each container, or of the sum over a pod's containers. */
  type: 'Container' | 'Pod';
  resource: 'cpu' | 'memory';
  /** Cores or bytes. */
  min?: number;
  max?: number;
  /** Limit and request given to a container that has none. */
  default?: number;
  defaultRequest?: number;
  /** Most that a limit may be over its request. */
  maxLimitRequestRatio?: number;
}

/** Pods that a ResourceQuota counts: all of its scopes must hold. @public */
export interface QuotaScope {
  /** `Terminating`, `NotTerminating`, `BestEffort`, `NotBestEffort`, `PriorityClass`, `CrossNamespacePodAffinity`, `VolumeAttributesClass`. */
  scope: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  values: string[];
}

/** What admission to a namespace allows pods to ask for. @public */
export type NamespaceLimit =
  | {
      kind: 'LimitRange';
      namespace: string;
      name: string;
      lines: LimitRangeLine[];
    }
  | {
      kind: 'ResourceQuota';
      namespace: string;
      name: string;
      /** Of the namespace; absent = not limited. */
      hard: ResourceSpec;
      used: ResourceSpec;
      scopes: QuotaScope[];
    };

/** Kinds of {@link NamespaceLimit}. @public */
export const NAMESPACE_LIMIT_KINDS = ['LimitRange', 'ResourceQuota'] as const;

/** Workloads of one cluster and what steers them, read at one moment. @public */
export interface ClusterInventory {
  /** ISO 8601 UTC. */
  readAt: string;
  workloads: WorkloadFacts[];
  steering: Steering[];
  /** LimitRanges and ResourceQuotas about CPU or memory; absent = a source that does not read them. */
  limits?: NamespaceLimit[];
  /**
   * What could not be read of what steers workloads (a missing CRD is not one),
   * of what limits them: those have a kind of {@link NAMESPACE_LIMIT_KINDS}; and
   * workloads, pods and nodes that are malformed.
   */
  unreadable: Array<{
    kind: string;
    reason: string;
    /** `namespace/name` of the one that is malformed; absent = the whole kind: then no steering is known. */
    object?: string;
    /** What that object steers or is: of it alone steering is not known. Absent = that can't be read either. */
    target?: WorkloadRef;
  }>;
}
