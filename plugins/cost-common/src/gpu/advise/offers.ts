import { findGpuPrice } from '../../prices/gpuPrice';
import { GpuPriceEntry } from '../../prices/types';
import { decimalToMicros } from '@headroom/common';
import { findGpuType } from '../gpuTypes';
import { GpuOffer } from './types';

/**
 * What a device-hour of every priced type would cost a workload that pays
 * `paidHourlyMicros` for one of `model`: in the ratio of their listed on-demand
 * prices, because a node's price is split over CPU, memory and GPU, and
 * discounts and spot prices count for both. Empty when the model has no price.
 *
 * @param entries - the first of a type wins
 * @public
 */
export function gpuOffers(
  entries: readonly GpuPriceEntry[],
  model: string | undefined,
  paidHourlyMicros: number,
): GpuOffer[] {
  const now = findGpuPrice(entries, model, 'on-demand');
  const listed = now ? Number(decimalToMicros(now.hourlyPrice)) : 0;
  if (listed <= 0 || !(paidHourlyMicros > 0)) {
    return [];
  }
  const offers = new Map<string, GpuOffer>();
  for (const entry of entries) {
    const type = findGpuType(entry.model);
    const price = Number(decimalToMicros(entry.hourlyPrice));
    if (
      type &&
      price > 0 &&
      (entry.capacityType ?? 'on-demand') === 'on-demand' &&
      !offers.has(type.name)
    ) {
      offers.set(type.name, {
        model: entry.model,
        hourlyMicros: BigInt(Math.round((paidHourlyMicros * price) / listed)),
      });
    }
  }
  return [...offers.values()];
}
