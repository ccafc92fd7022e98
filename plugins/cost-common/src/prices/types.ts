import { CapacityType } from '../resources/resources';

/**
 * Price of one instance type in one region for one hour.
 * Prices are decimal strings: they are data, not floats.
 *
 * @public
 */
export interface NodePriceEntry {
  instanceType: string;
  /** Absent = any region. */
  region?: string;
  capacityType: CapacityType;
  /** Absent = any; a node whose system nobody tells counts as Linux. */
  os?: 'linux' | 'windows';
  /** Whether it is of nodes that EKS Auto Mode runs, its fee included; absent = any. */
  autoMode?: boolean;
  hourlyPrice: string;
  /** ISO date, inclusive; absent = always. */
  validFrom?: string;
  /** ISO date, exclusive; absent = still. */
  validTo?: string;
}

/** Price of one whole GPU device of a model for one hour; used to build and to split a node's price. @public */
export interface GpuPriceEntry {
  /**
   * Words that all occur in the reported model, in any case and order: `A100`
   * and `A100 80GB` both match `NVIDIA-A100-SXM4-80GB`; the one with more words wins.
   */
  model: string;
  hourlyPrice: string;
  capacityType?: CapacityType;
}

/** Price of one device that is attached to a machine and billed beside it, of the built-in list. @public */
export interface AttachedGpuPriceEntry extends GpuPriceEntry {
  region: string;
  capacityType: CapacityType;
}

/**
 * What a platform bills for pods, where no node is: a core and a GiB for one
 * hour.
 *
 * @public
 */
export interface PodPriceEntry {
  /**
   * Who bills: `eks-fargate`, `azure-container-instances`, `gke-autopilot`,
   * `virtual-kubelet`, or a name that configuration gives.
   */
  platform: string;
  /** Absent = any region. */
  region?: string;
  capacityType: CapacityType;
  cpuCoreHour: string;
  memoryGibHour: string;
  /** Absent = not known; pods that hold a GPU are then unpriced in part. */
  gpuDeviceHour?: string;
  /** ISO date, inclusive; absent = always. */
  validFrom?: string;
  /** ISO date, exclusive; absent = still. */
  validTo?: string;
}

/**
 * Price of machines that are made to measure: a core and a GiB for one hour.
 *
 * @public
 */
export interface CustomPriceEntry {
  /** Everything of the instance type before its size: `n2-custom` of `n2-custom-4-8192`. */
  family: string;
  region: string;
  capacityType: CapacityType;
  cpuCoreHour: string;
  memoryGibHour: string;
  validFrom?: string;
  validTo?: string;
}

/** Unit prices of last resort, and the ratio a node's price is split by. @public */
export interface UnitPrices {
  cpuCoreHour: string;
  memoryGibHour: string;
  gpuDeviceHour: string;
  storageGibHour: string;
  networkZoneGib: string;
  networkRegionGib: string;
  networkInternetGib: string;
}

/** Unit prices with validity: what a quantity costs, and since when. @public */
export interface PriceBook {
  currency: string;
  nodes: NodePriceEntry[];
  gpus: GpuPriceEntry[];
  /** Storage per GiB-hour by storage class; `unitPrices.storageGibHour` for the rest. */
  storageClasses: Array<{
    storageClass: string;
    gibHourPrice: string;
    region?: string;
  }>;
  unitPrices: Record<CapacityType, UnitPrices>;
  /** Prices of pods that are billed instead of nodes. */
  pods?: PodPriceEntry[];
  /** Prices of machines made to measure, of the built-in list. */
  custom?: CustomPriceEntry[];
  /** Prices of devices that a machine's list price leaves out, of the built-in list. */
  attachedGpus?: AttachedGpuPriceEntry[];
  /** What the licence of Windows adds for one vCPU and hour, of the built-in list. */
  windowsCoreHour?: string;
}

/**
 * A price book as somebody writes one: everything may be left out, unit prices
 * one by one.
 *
 * @public
 */
export type PriceBookPart = Partial<Omit<PriceBook, 'unitPrices'>> & {
  unitPrices?: Partial<Record<CapacityType, Partial<UnitPrices>>>;
};
