import { CapacityType, Resource, ResourceMicros } from '../resources/resources';

/** What a row of cost stands for. @public */
export type CostBucket = 'workload' | 'idle';

/** Namespace of rows that stand for capacity paid and given to nobody. @public */
export const IDLE_NAMESPACE = '__idle__';

/** Workload of the idle row that carries volumes no pod mounted. @public */
export const UNMOUNTED_WORKLOAD = '__unmounted__';

/**
 * Container of the rows that carry what a pod has as a whole: its volumes and
 * its traffic.
 *
 * @public
 */
export const POD_LEVEL_CONTAINER = '';

/**
 * A share of cost given to one container (summed over its pods on nodes of one
 * capacity type and region) for one hour, or the idle rest of a node pool.
 *
 * For `bucket: 'idle'`, `namespace` is {@link IDLE_NAMESPACE}, `workloadKind`
 * is `Idle`, `workload` is the node pool and `container` is empty.
 *
 * @public
 */
export interface HourRow {
  /** Start of the hour, ISO 8601 UTC. */
  hour: string;
  bucket: CostBucket;
  namespace: string;
  workloadKind: string;
  workload: string;
  container: string;
  capacityType: CapacityType;
  /** Region the capacity is in; empty when no source says. */
  region: string;
  /** What is paid. */
  cost: ResourceMicros;
  /** The part of `cost` that was really used; per resource `0 ≤ used ≤ cost`. */
  used: ResourceMicros;
  /**
   * Resources this row pays for whose usage no source reported: their `used` is
   * 0 and says nothing. Absent = usage is known.
   */
  unknownUsage?: Resource[];
  /**
   * Charged core-hours: max(request, usage) per container and five minutes, or
   * hour where the source doesn't look closer; of a pod that is billed by itself,
   * its part of what is billed.
   */
  cpuCoreHours: number;
  cpuRequestCoreHours: number;
  cpuUsageCoreHours: number;
  memoryByteHours: number;
  memoryRequestByteHours: number;
  memoryUsageByteHours: number;
  /** Reserved device-hours (1 = one whole device for one hour). */
  gpuHours: number;
  /** Busy device-hours; undefined = no utilisation was reported. */
  gpuBusyHours?: number;
  storageByteHours: number;
  networkBytes: number;
}

/**
 * What one container of one pod was charged for one hour on one node, or the idle
 * rest of one node; the rows of a container sum to its {@link HourRow}, exactly.
 *
 * @public
 */
export interface PodHourRow extends HourRow {
  /** Empty of idle capacity. */
  pod: string;
  /** Empty where the pod was on no node that is known. */
  node: string;
  /** Annotations of the pod, where the source has them. */
  annotations?: Record<string, string>;
  /** Names of the Services that select the pod, where the source has them. */
  services?: string[];
}

/** Where a node's price came from. @public */
export interface PriceOrigin {
  /**
   * `source` = the usage source gave it, `config` = `headroom.prices`,
   * `list` = the built-in price list, `default` = assumed: the list price of
   * another region, else unit prices of last resort; `unpriced` = nobody knows
   * it, so the cost is missing.
   */
  kind: 'source' | 'config' | 'list' | 'default' | 'unpriced';
  /** E.g. `m5.2xlarge, us-west-2, spot`. */
  description: string;
  /** ISO date the price is valid from, when stated. */
  validFrom?: string;
  /** Who bills the pods of the node, where not the node itself is billed. */
  podPlatform?: string;
}

/**
 * What of a price isn't the bill's, beyond what the origin says: it is of
 * another region, or a share that spot commonly is of on-demand.
 *
 * @public
 */
export type PriceCaveat =
  | { kind: 'other-region'; region: string }
  | { kind: 'representative-spot' };

/**
 * What pods on a node are billed at, decimal strings for one hour. Absent prices
 * are not known.
 *
 * @public
 */
export interface PodPrice {
  /** Who bills; it decides how a pod's size is rounded. */
  platform: string;
  cpuCoreHour?: string;
  memoryGibHour?: string;
  gpuDeviceHour?: string;
}

/**
 * The price of one node and how it is split over what the node has.
 *
 * @public
 */
export interface NodePrice {
  /** Price of the whole node for one hour, decimal string, not negative. */
  hourlyPrice: string;
  /**
   * List prices of one unit, decimal strings. Only their ratio counts: the node
   * price is split by quantity × weight.
   */
  weights: { cpuCore: string; memoryGib: string; gpuDevice: string };
  origin: PriceOrigin;
  /**
   * Where not the node is billed but its pods: what they are billed at. The
   * node's `hourlyPrice` and capacity count for nothing then.
   */
  pods?: PodPrice;
  caveat?: PriceCaveat;
  /** Region whose list price the attached GPUs have, when the node is in another one. */
  devicesListedIn?: string;
}

/** The price of one GiB of a volume for one hour. @public */
export interface VolumePrice {
  /** Decimal string, not negative. */
  gibHourPrice: string;
  /**
   * Who said it: `config` = `headroom.prices`, `source` = a price source, `list` =
   * the built-in price of its storage class, `default` = the unit price of last
   * resort, as nothing is known of its class.
   */
  kind: 'config' | 'source' | 'list' | 'default';
  /** Region that a list price is of, when the volume is in another one. */
  listedIn?: string;
}

/**
 * What the nodes of one kind cost in one hour; the rows of the hour that stand
 * for node capacity sum to exactly this.
 *
 * @public
 */
export interface NodeCostHour {
  hour: string;
  nodePool: string;
  instanceType: string;
  region: string;
  capacityType: CapacityType;
  /** Node-hours (two nodes up all hour = 2). */
  nodeHours: number;
  cpuCoreHours: number;
  memoryByteHours: number;
  gpuDeviceHours: number;
  /**
   * Price of one node for one hour, decimal string in the cluster's price
   * currency; where pods are billed, what they came to.
   */
  hourlyPrice: string;
  cost: ResourceMicros;
  origin: PriceOrigin;
}
