import { multiplyDecimal } from '@headroom/common';
import { NetworkHour } from '../observations/observations';
import { PriceBook } from './types';

const BYTES_PER_GIB = 2 ** 30;

/**
 * What the traffic of a pod in an hour costs, in micros: the bytes of each class
 * at its unit price, each rounded to the micro. A class that is not known costs
 * nothing here; that it is unknown shows in the observation.
 *
 * @public
 */
export function createNetworkPricer(
  book: PriceBook,
): (traffic: NetworkHour) => bigint {
  const prices = book.unitPrices['on-demand'];
  const cost = (price: string, bytes: number | undefined): bigint =>
    bytes ? multiplyDecimal(price, bytes, BYTES_PER_GIB) : 0n;
  return traffic =>
    cost(prices.networkZoneGib, traffic.crossZoneBytes) +
    cost(prices.networkRegionGib, traffic.crossRegionBytes) +
    cost(prices.networkInternetGib, traffic.internetBytes);
}
