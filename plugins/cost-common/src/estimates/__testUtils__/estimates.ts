import { rationalOfNumber } from '@headroom/common';
import { nodeCostOf } from '../../allocation/nodeCost';
import { NodePrice } from '../../allocation/types';
import { node } from '../../allocation/__testUtils__/builders';
import { NodeHour } from '../../observations/observations';
import { builtInPriceBook } from '../../prices/builtInPriceBook';
import { EstimatePrices } from '../estimatePrices';
import { PodDemand, PodDemandInput, podDemandSchema } from '../estimateRequest';
import { ObservedPool } from '../ObservedPool';

export const GIB = 2 ** 30;
export const DAY = '2026-11-02';

/** The pods of `web`, two to ten of them, a quarter of a core and half a GiB each. */
export function demandOf(more: Partial<PodDemandInput> = {}): PodDemand {
  return podDemandSchema.parse({
    name: 'web',
    replicas: { min: 2, max: 10 },
    cpuCores: 0.25,
    memoryBytes: GIB / 2,
    ...more,
  });
}

/** What one hour of one node tells of its pool. */
export function poolOf(
  price: Pick<NodePrice, 'hourlyPrice' | 'weights'>,
  more: Partial<NodeHour> = {},
  also: Partial<ObservedPool> = {},
): ObservedPool {
  const of = node(more);
  const cost = nodeCostOf(of, {
    ...price,
    origin: { kind: 'list', description: 'a node' },
  });
  return {
    nodePool: of.nodePool ?? '',
    instanceType: of.instanceType ?? '',
    capacityType: of.capacityType,
    day: DAY,
    nodeHours: 1,
    cpu: { micros: cost.cpu, quantity: rationalOfNumber(of.cpuCores) },
    memory: {
      micros: cost.memory,
      quantity: rationalOfNumber(of.memoryBytes / GIB),
    },
    gpu: { micros: cost.gpu, quantity: rationalOfNumber(of.gpuDevices) },
    priceKind: 'list',
    gpus: [],
    ...also,
  };
}

/** Prices of a cluster of these pools, and of no others. */
export function pricesOf(
  pools: ObservedPool[] = [],
  more: Partial<EstimatePrices> = {},
): EstimatePrices {
  return {
    cluster: 'us-west',
    currency: 'USD',
    days: 7,
    pools,
    books: { config: {}, builtIn: builtInPriceBook },
    ...more,
  };
}
