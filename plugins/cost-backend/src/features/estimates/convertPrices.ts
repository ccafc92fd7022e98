import { EstimatePrices } from '@headroom/plugin-cost-common';
import { Conversion } from '../../core/Currencies';
import { CapacityPrices } from './ClusterPrices';

/** Prices in another currency: what is to come is converted at the newest rate. */
export function convertPrices(
  prices: CapacityPrices,
  { currency, rates }: Conversion,
  /** `YYYY-MM-DD` */
  today: string,
): EstimatePrices {
  if (!rates) {
    return prices;
  }
  const { rate } =
    rates.findLast(({ validFrom }) => validFrom <= today) ?? rates[0];
  return { ...prices, currency, exchangeRate: rate };
}
