import { Said } from '@headroom/common';
import { findGpuType } from '../gpu/gpuTypes';
import { findGpuPrice } from '../prices/gpuPrice';
import { EstimatePriceKind } from './costEstimate';
import { EstimatePrices } from './estimatePrices';
import { PodDemand } from './estimateRequest';
import { wordEstimate } from './estimateSentences';
import { capacityOf, isEnoughMemory } from './fitPools';
import { formatGibibytes } from './formatGibibytes';
import {
  BYTES_PER_GIB,
  capacityWord,
  NODE_UNITS,
  NodeResource,
  RatedPrice,
} from './PricedDemand';
import { priceOfRate, rateOfDecimal } from './rates';

const GPU_LINE = 'headroom.prices.gpus: [{ model: …, hourlyPrice: … }]';

/** What a core or a GiB costs by the books, where no node tells. */
export function bookUnitPrice(
  resource: Exclude<NodeResource, 'gpu'>,
  demand: PodDemand,
  { cluster, days, books }: EstimatePrices,
): RatedPrice {
  const capacityType = capacityOf(demand);
  const { key, word } = NODE_UNITS[resource];
  const said = books.config.unitPrices?.[capacityType]?.[key];
  const unit = wordEstimate(word);
  return said === undefined
    ? rated(
        resource,
        demand,
        books.builtIn.unitPrices[capacityType][key],
        'default',
        wordEstimate('assumed', {
          unit,
          capacity: wordEstimate(capacityWord(capacityType)),
          cluster,
          days,
          line: `headroom.prices.unitPrices.${capacityType}.${key}: …`,
        }),
      )
    : rated(resource, demand, said, 'config', wordEstimate('config', { unit }));
}

/**
 * What a whole GPU costs by the books: the model's own price, else what
 * configuration says of all. A price of last resort is none here, as models differ
 * by a factor of fifty.
 */
export function bookGpuPrice(
  demand: PodDemand,
  { cluster, days, books }: EstimatePrices,
): RatedPrice | { said: Said } {
  const capacity = capacityOf(demand);
  const { model, memoryBytes, devices = 1 } = demand.gpu ?? {};
  const unit = wordEstimate('device');
  const general = books.config.unitPrices?.[capacity]?.gpuDeviceHour;
  if (model === undefined && general === undefined) {
    return { said: wordEstimate('gpuModelNotSaid', { cluster, days }) };
  }
  const listed = findGpuType(model)?.memoryGb;
  const has = listed && listed * BYTES_PER_GIB * devices;
  if (model !== undefined && has && !isEnoughMemory(has, memoryBytes)) {
    return {
      said: wordEstimate('gpuTooSmall', {
        model,
        has: formatGibibytes(has),
        asked: formatGibibytes(memoryBytes ?? 0),
      }),
    };
  }
  const configured = findGpuPrice(books.config.gpus ?? [], model, capacity);
  const price = configured?.hourlyPrice ?? general;
  if (price !== undefined) {
    return rated(
      'gpu',
      demand,
      price,
      'config',
      wordEstimate('config', { unit }),
    );
  }
  const inList = findGpuPrice(books.builtIn.gpus, model, capacity);
  return inList
    ? rated(
        'gpu',
        demand,
        inList.hourlyPrice,
        'list',
        wordEstimate('list', { unit }),
      )
    : {
        said: wordEstimate('gpuModelUnpriced', {
          cluster,
          days,
          model: model ?? '',
          line: GPU_LINE,
        }),
      };
}

function rated(
  resource: NodeResource,
  demand: PodDemand,
  decimal: string,
  kind: EstimatePriceKind,
  said: Said,
): RatedPrice {
  const rate = rateOfDecimal(decimal);
  const model = resource === 'gpu' ? demand.gpu?.model : undefined;
  return {
    rate,
    price: {
      resource,
      unit: NODE_UNITS[resource].unit,
      price: priceOfRate(rate),
      capacityType: capacityOf(demand),
      kind,
      ...(model !== undefined && { gpuModel: model }),
      said,
    },
  };
}
