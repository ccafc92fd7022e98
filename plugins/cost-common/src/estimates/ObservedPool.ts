import { Rational } from '@headroom/common';
import { PriceOrigin } from '../allocation/types';
import { GpuSharing } from '../observations/observations';
import { CapacityType } from '../resources/resources';

/** How the nodes of a pool offer their GPUs. @public */
export interface ObservedGpu {
  sharing: GpuSharing;
  /** As the driver or a label names it. */
  model?: string;
  /** Of a slice, e.g. `2g.20gb`. */
  profile?: string;
  /** Share of the board's price that one device is: 1 unless it is a slice. */
  boardShare: number;
  /** Clients a device is offered to at once. */
  replicas?: number;
  /** Memory of the board, or of the slice. */
  memoryBytes?: number;
}

/** What something cost and how much of it there was; their ratio is its price. @public */
export interface Observed {
  micros: bigint;
  /** In units of the price: core-hours, GiB-hours, device-hours. */
  quantity: Rational;
}

/**
 * What the nodes of one pool, type and capacity cost on one day, split over what
 * they have as the allocation splits it.
 *
 * @public
 */
export interface ObservedPool {
  nodePool: string;
  instanceType: string;
  capacityType: CapacityType;
  /** The newest day that it is known of, `YYYY-MM-DD`. */
  day: string;
  nodeHours: number;
  cpu: Observed;
  memory: Observed;
  /** Of no quantity where the nodes have no GPUs. */
  gpu: Observed;
  /** Where the price of the nodes comes from; the least certain of them. */
  priceKind: PriceOrigin['kind'];
  /** Who bills pods instead of nodes there. */
  podPlatform?: string;
  /** Empty where no source tells. */
  gpus: readonly ObservedGpu[];
}
