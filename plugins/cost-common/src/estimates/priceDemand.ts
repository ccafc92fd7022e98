import {
  multiplyRationals,
  rationalOfDecimal,
  rationalOfNumber,
  Said,
} from '@headroom/common';
import { bookGpuPrice, bookUnitPrice } from './bookPrice';
import { EstimatedResource } from './costEstimate';
import { EstimatePrices } from './estimatePrices';
import { PodDemand } from './estimateRequest';
import { wordEstimate } from './estimateSentences';
import { fitPools, FittingPools, NoFit } from './fitPools';
import { formatGibibytes } from './formatGibibytes';
import { measuredPrice } from './measuredPrice';
import { BYTES_PER_GIB, PricedDemand, RatedPrice } from './PricedDemand';
import { priceOfRate } from './rates';
import { storagePrice } from './storagePrice';

/**
 * Prices what one replica requests: at what the nodes on which it may land cost,
 * else by the price books. A share of a GPU has no price in any book, as how GPUs
 * are shared is the cluster's own.
 */
export function priceDemand(
  demand: PodDemand,
  prices: EstimatePrices,
): PricedDemand {
  const fit = fitPools(demand, prices.pools);
  const priced: PricedDemand = { resources: [], unknown: [] };
  for (const [resource, quantity] of quantitiesOf(demand, fit)) {
    const found = priceOf(resource, demand, fit, prices);
    if ('rate' in found) {
      priced.resources.push({
        resource,
        quantity: rationalOfNumber(quantity),
        ...converted(found, prices.exchangeRate),
      });
    } else {
      priced.unknown.push({ resource, said: found.said });
    }
  }
  const gpu = priced.resources.some(({ resource }) => resource === 'gpu');
  return gpu ? { ...priced, gpuShare: gpuShareOf(demand, fit) } : priced;
}

function converted(
  { rate, price }: RatedPrice,
  exchangeRate: string | undefined,
): RatedPrice {
  if (exchangeRate === undefined) {
    return { rate, price };
  }
  const exchanged = multiplyRationals(rate, rationalOfDecimal(exchangeRate));
  return {
    rate: exchanged,
    price: { ...price, price: priceOfRate(exchanged) },
  };
}

/** What one replica asks for, in units of the prices. */
function quantitiesOf(
  demand: PodDemand,
  fit: FittingPools | NoFit,
): Array<[EstimatedResource, number]> {
  const all: Array<[EstimatedResource, number]> = [
    ['cpu', demand.cpuCores],
    ['memory', demand.memoryBytes / BYTES_PER_GIB],
    ['gpu', demand.gpu ? gpuShareOf(demand, fit) : 0],
    ['storage', (demand.storageBytes ?? 0) / BYTES_PER_GIB],
  ];
  return all.filter(([, quantity]) => quantity > 0);
}

function gpuShareOf({ gpu }: PodDemand, fit: FittingPools | NoFit): number {
  return 'pools' in fit ? fit.gpuShare : gpu?.devices ?? 0;
}

function priceOf(
  resource: EstimatedResource,
  demand: PodDemand,
  fit: FittingPools | NoFit,
  prices: EstimatePrices,
): RatedPrice | { said: Said } {
  if (resource === 'storage') {
    return storagePrice(demand, prices);
  }
  if ('pools' in fit) {
    const measured = measuredPrice(resource, demand, fit, prices);
    if (measured) {
      return measured;
    }
  } else if (fit.reason === 'pool') {
    return {
      said: wordEstimate('poolUnknown', {
        pool: demand.nodePool ?? '',
        cluster: prices.cluster,
        days: prices.days,
      }),
    };
  }
  return resource === 'gpu'
    ? gpuWithoutNodes(demand, fit, prices)
    : bookUnitPrice(resource, demand, prices);
}

function gpuWithoutNodes(
  demand: PodDemand,
  fit: FittingPools | NoFit,
  prices: EstimatePrices,
): RatedPrice | { said: Said } {
  if ('reason' in fit && fit.reason === 'gpu-memory') {
    return {
      said: wordEstimate('gpuTooSmall', {
        model: fit.model,
        has: formatGibibytes(fit.memoryBytes),
        asked: formatGibibytes(demand.gpu?.memoryBytes ?? 0),
      }),
    };
  }
  const sharing = demand.gpu?.sharing ?? 'whole';
  if (sharing !== 'whole') {
    return {
      said: wordEstimate('gpuNotShared', {
        cluster: prices.cluster,
        days: prices.days,
        sharing: wordEstimate(sharing === 'mig' ? 'mig' : 'timeSlicing'),
      }),
    };
  }
  return bookGpuPrice(demand, prices);
}
