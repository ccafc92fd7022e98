import { capacityOf, FittingPools } from './fitPools';
import { PodDemand } from './estimateRequest';
import { EstimatePrices } from './estimatePrices';
import { wordEstimate } from './estimateSentences';
import {
  capacityWord,
  NODE_UNITS,
  NodeResource,
  RatedPrice,
} from './PricedDemand';
import { priceOfRate, rateOf } from './rates';

const NODE_LINE =
  'headroom.prices.nodes: [{ instanceType: …, region: …, hourlyPrice: … }]';

/** What a unit costs on the nodes of pools: their cost over what they have. */
export function measuredPrice(
  resource: NodeResource,
  demand: PodDemand,
  { pools, gpuModel }: FittingPools,
  { cluster }: EstimatePrices,
): RatedPrice | undefined {
  const rate = rateOf(pools.map(pool => pool[resource]));
  if (!rate) {
    return undefined;
  }
  const { unit, word } = NODE_UNITS[resource];
  const capacityType = capacityOf(demand);
  const day = pools.map(pool => pool.day).sort()[pools.length - 1];
  const what = {
    unit: wordEstimate(word),
    capacity: wordEstimate(capacityWord(capacityType)),
    cluster,
    day,
  };
  const isAssumed = pools.some(({ priceKind }) => priceKind === 'default');
  return {
    rate,
    price: {
      resource,
      unit,
      price: priceOfRate(rate),
      capacityType,
      kind: 'measured',
      day,
      ...(gpuModel !== undefined && { gpuModel }),
      nodePools: [...new Set(pools.map(({ nodePool }) => nodePool))].sort(),
      said: saidOf(what, isAssumed, gpuModel),
    },
  };
}

function saidOf(
  what: {
    unit: ReturnType<typeof wordEstimate>;
    capacity: ReturnType<typeof wordEstimate>;
    cluster: string;
    day: string;
  },
  isAssumed: boolean,
  model: string | undefined,
) {
  if (isAssumed) {
    return wordEstimate('measuredAssumed', { ...what, line: NODE_LINE });
  }
  return model === undefined
    ? wordEstimate('measured', what)
    : wordEstimate('measuredGpu', { ...what, model });
}
