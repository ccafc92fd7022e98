import { rationalOfDecimal } from '@headroom/common';
import { scalePrice } from './decimalPrices';
import { PriceBookPart } from './types';

/**
 * A price book in another currency; `rate` is how many units of `currency` one
 * unit of the book's currency buys. Prices keep 12 digits after the point.
 * Throws a RangeError when the rate is not a decimal number above 0.
 *
 * @public
 */
export function convertPriceBook<T extends PriceBookPart>(
  book: T,
  currency: string,
  rate: string,
): T {
  if (rationalOfDecimal(rate).numerator <= 0n) {
    throw new RangeError(`"${rate}" is not a rate of exchange`);
  }
  const convert = (price: string) => scalePrice(price, rate);
  const convertUnits = <
    E extends {
      cpuCoreHour: string;
      memoryGibHour: string;
      gpuDeviceHour?: string;
    },
  >(
    entry: E,
  ): E => ({
    ...entry,
    cpuCoreHour: convert(entry.cpuCoreHour),
    memoryGibHour: convert(entry.memoryGibHour),
    ...(entry.gpuDeviceHour !== undefined && {
      gpuDeviceHour: convert(entry.gpuDeviceHour),
    }),
  });
  return {
    ...book,
    currency,
    ...(book.nodes && {
      nodes: book.nodes.map(entry => ({
        ...entry,
        hourlyPrice: convert(entry.hourlyPrice),
      })),
    }),
    ...(book.gpus && {
      gpus: book.gpus.map(entry => ({
        ...entry,
        hourlyPrice: convert(entry.hourlyPrice),
      })),
    }),
    ...(book.storageClasses && {
      storageClasses: book.storageClasses.map(entry => ({
        ...entry,
        gibHourPrice: convert(entry.gibHourPrice),
      })),
    }),
    ...(book.pods && { pods: book.pods.map(convertUnits) }),
    ...(book.custom && { custom: book.custom.map(convertUnits) }),
    ...(book.attachedGpus && {
      attachedGpus: book.attachedGpus.map(entry => ({
        ...entry,
        hourlyPrice: convert(entry.hourlyPrice),
      })),
    }),
    ...(book.windowsCoreHour !== undefined && {
      windowsCoreHour: convert(book.windowsCoreHour),
    }),
    ...(book.unitPrices && {
      unitPrices: Object.fromEntries(
        Object.entries(book.unitPrices).map(([type, prices]) => [
          type,
          Object.fromEntries(
            Object.entries(prices).map(([name, price]) => [
              name,
              convert(price),
            ]),
          ),
        ]),
      ),
    }),
  };
}
