import { Rational, Said } from '@headroom/common';
import { CapacityType } from '../resources/resources';
import { EstimatedResource, EstimatePrice } from './costEstimate';

/** What a price is: micros of one unit for one hour, and what is told of it. */
export interface RatedPrice {
  rate: Rational;
  price: EstimatePrice;
}

/** One resource of one replica: how much of it, in units of its price. */
export interface PricedResource extends RatedPrice {
  resource: EstimatedResource;
  quantity: Rational;
}

/** What of a demand has a price, and what has none. */
export interface PricedDemand {
  resources: PricedResource[];
  unknown: Array<{ resource: EstimatedResource; said: Said }>;
  /** Boards that one replica holds; absent without a GPU, or where it isn't known. */
  gpuShare?: number;
}

/** The resources that nodes have. */
export type NodeResource = 'cpu' | 'memory' | 'gpu';

/** How the price of each is counted, named and configured. */
export const NODE_UNITS = {
  cpu: { unit: 'core-hour', word: 'core', key: 'cpuCoreHour' },
  memory: { unit: 'GiB-hour', word: 'gibibyte', key: 'memoryGibHour' },
  gpu: { unit: 'device-hour', word: 'device', key: 'gpuDeviceHour' },
} as const;

/** Bytes of the unit in which memory and storage have a price. */
export const BYTES_PER_GIB = 2 ** 30;

/** The sentence that names a capacity. */
export function capacityWord(capacity: CapacityType): 'spot' | 'onDemand' {
  return capacity === 'spot' ? 'spot' : 'onDemand';
}
