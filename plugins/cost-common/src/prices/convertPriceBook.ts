import { multiply, rationalOfDecimal } from '../money/rational';
import { PriceBookPart } from './types';

// Storage costs millionths of a cent an hour: prices keep more digits than money.
const PRICE_DIGITS = 12;

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
  const factor = rationalOfDecimal(rate);
  if (factor.numerator <= 0n) {
    throw new RangeError(`"${rate}" is not a rate of exchange`);
  }
  const convert = (price: string): string => {
    const { numerator, denominator } = multiply(
      rationalOfDecimal(price),
      factor,
    );
    const scaled =
      (2n * numerator * 10n ** BigInt(PRICE_DIGITS) + denominator) /
      (2n * denominator);
    const digits = scaled.toString().padStart(PRICE_DIGITS + 1, '0');
    return `${digits.slice(0, -PRICE_DIGITS)}.${digits.slice(-PRICE_DIGITS)}`;
  };
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
