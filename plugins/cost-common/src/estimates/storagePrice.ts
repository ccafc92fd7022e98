import { Said } from '@headroom/common';
import { createVolumePricer } from '../prices/volumePricer';
import { EstimatePriceKind } from './costEstimate';
import { EstimatePrices } from './estimatePrices';
import { PodDemand } from './estimateRequest';
import { wordEstimate } from './estimateSentences';
import { capacityOf } from './fitPools';
import { BYTES_PER_GIB, RatedPrice } from './PricedDemand';
import { priceOfRate, rateOf, rateOfDecimal } from './rates';

/**
 * What a GiB of volumes costs: of a storage class that is named what the books say,
 * else what the volumes of the cluster cost.
 */
export function storagePrice(
  demand: PodDemand,
  prices: EstimatePrices,
): RatedPrice | { said: Said } {
  const { storageClass } = demand;
  const { cluster, storage, books, region } = prices;
  const measured = storage && rateOf([storage]);
  if (storageClass === undefined && storage && measured) {
    return {
      rate: measured,
      price: {
        resource: 'storage',
        unit: 'GiB-hour',
        price: priceOfRate(measured),
        capacityType: capacityOf(demand),
        kind: 'measured',
        day: storage.day,
        said: wordEstimate('measuredStorage', { cluster, day: storage.day }),
      },
    };
  }
  const listed = createVolumePricer(books)({
    hour: '',
    namespace: '',
    claim: demand.name,
    ...(storageClass !== undefined && { storageClass }),
    ...(region !== undefined && { region }),
    capacityByteSeconds: BYTES_PER_GIB * 3600,
    pods: [],
  });
  if (!listed) {
    return {
      said: wordEstimate('storageUnpriced', {
        storageClass: storageClass ?? '',
        line: lineOf(storageClass),
      }),
    };
  }
  const rate = rateOfDecimal(listed.gibHourPrice);
  // No price source is asked here.
  const kind: EstimatePriceKind =
    listed.kind === 'source' ? 'config' : listed.kind;
  return {
    rate,
    price: {
      resource: 'storage',
      unit: 'GiB-hour',
      price: priceOfRate(rate),
      capacityType: capacityOf(demand),
      kind,
      said:
        kind === 'default'
          ? wordEstimate('assumedStorage', {
              cluster,
              line: lineOf(storageClass),
            })
          : wordEstimate(kind === 'config' ? 'config' : 'list', {
              unit: wordEstimate('gibibyteStored'),
            }),
    },
  };
}

function lineOf(storageClass: string | undefined): string {
  return `headroom.prices.storageClasses: [{ storageClass: ${
    storageClass ?? '…'
  }, gibHourPrice: … }]`;
}
