import {
  Rational,
  multiplyRationals,
  rationalOfDecimal,
  rationalOfNumber,
} from '@headroom/common';

// Storage costs millionths of a cent an hour: prices keep more digits than money.
const PRICE_DIGITS = 12;

/** A price times a factor, both decimals, with 12 digits after the point. */
export function scalePrice(price: string, factor: string): string {
  return toDecimal(
    multiplyRationals(rationalOfDecimal(price), rationalOfDecimal(factor)),
  );
}

/** What quantities cost at their prices, as a decimal without zeros at its end. */
export function priceOfQuantities(
  parts: ReadonlyArray<[price: string, quantity: number]>,
): string {
  const sum = parts.reduce<Rational>(
    (total, [price, quantity]) =>
      add(
        total,
        multiplyRationals(rationalOfDecimal(price), rationalOfNumber(quantity)),
      ),
    { numerator: 0n, denominator: 1n },
  );
  return toDecimal(sum).replace(/\.?0+$/, '');
}

function add(a: Rational, b: Rational): Rational {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

function toDecimal({ numerator, denominator }: Rational): string {
  const scaled =
    (2n * numerator * 10n ** BigInt(PRICE_DIGITS) + denominator) /
    (2n * denominator);
  const digits = scaled.toString().padStart(PRICE_DIGITS + 1, '0');
  return `${digits.slice(0, -PRICE_DIGITS)}.${digits.slice(-PRICE_DIGITS)}`;
}
