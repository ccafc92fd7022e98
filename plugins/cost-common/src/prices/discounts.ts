import { decimalToMicros, microsToDecimal } from '@headroom/common';
import { CapacityType } from '../resources/resources';

/**
 * What a contract takes off list prices, e.g. an enterprise discount.
 * Configured prices and those of a source are taken as they are: net.
 *
 * @public
 */
export interface PriceDiscount {
  /** Part of the price that is not paid, decimal string, at least 0 and below 1, e.g. `0.12`. */
  share: string;
  /** Absent = both. */
  capacityType?: CapacityType;
}

/** What is left of a price, by capacity type; the first discount that fits counts. */
export function discountFactors(
  discounts: readonly PriceDiscount[],
): Map<CapacityType, string> {
  const factors = new Map<CapacityType, string>();
  for (const { share, capacityType } of discounts) {
    const micros = decimalToMicros(share);
    if (micros < 0n || micros >= 1_000_000n) {
      throw new RangeError(
        `discounts.share is "${share}"; it must be from 0 up to, not including, 1, such as 0.12`,
      );
    }
    const types: CapacityType[] = capacityType
      ? [capacityType]
      : ['on-demand', 'spot'];
    for (const type of types.filter(each => !factors.has(each))) {
      factors.set(type, microsToDecimal(1_000_000n - micros));
    }
  }
  return factors;
}
