import {
  divideHalfEven,
  multiplyRationals,
  Rational,
  rationalOfDecimal,
  rationalOfNumber,
} from './rational';

const MICROS_PER_UNIT = 1_000_000n;

/**
 * A decimal amount (`12.5`, `-0.0000015`, `1.2E-7`) as micros, rounded half to
 * even where it is finer than a micro. Throws a RangeError that names the value
 * when it is not a decimal number.
 *
 * @public
 */
export function decimalToMicros(decimal: string): bigint {
  return toMicros(rationalOfDecimal(decimal));
}

/**
 * Price × quantity in micros, rounded once, half to even. The price is taken as
 * the decimal it is written as, the quantity at the exact value of the double.
 *
 * `per` is the quantity the price is for: with a price for a GiB-hour and a
 * quantity in byte-seconds it is `3600 * 2 ** 30`.
 *
 * Throws a RangeError that names the value when the price is not a decimal
 * number, the quantity is not finite or `per` is not above 0.
 *
 * @public
 */
export function multiplyDecimal(
  decimal: string,
  quantity: number,
  per: number = 1,
): bigint {
  if (!(per > 0)) {
    throw new RangeError(`${per} is not a quantity a price can be for`);
  }
  const { numerator, denominator } = rationalOfNumber(per);
  return toMicros(
    multiplyRationals(rationalOfDecimal(decimal), rationalOfNumber(quantity), {
      numerator: denominator,
      denominator: numerator,
    }),
  );
}

/**
 * Micros as a plain decimal with six digits after the point: `1500000n` is
 * `1.500000`. Exact: {@link decimalToMicros} gives the same micros back.
 *
 * @public
 */
export function microsToDecimal(micros: bigint): string {
  const magnitude = micros < 0n ? -micros : micros;
  const whole = magnitude / MICROS_PER_UNIT;
  const fraction = (magnitude % MICROS_PER_UNIT).toString().padStart(6, '0');
  return `${micros < 0n ? '-' : ''}${whole}.${fraction}`;
}

/**
 * Micros of one currency in another; `rate` is how many units of the other one
 * unit buys. Rounded half to even. Throws a RangeError that names the rate when
 * it is not a decimal number above 0.
 *
 * @public
 */
export function convertMicros(micros: bigint, rate: string): bigint {
  const { numerator, denominator } = rationalOfDecimal(rate);
  if (numerator <= 0n) {
    throw new RangeError(`"${rate}" is not a rate of exchange`);
  }
  return divideHalfEven(micros * numerator, denominator);
}

/** Sum of amounts of one currency; `0n` of none. @public */
export function sumMicros(amounts: Iterable<bigint>): bigint {
  let sum = 0n;
  for (const amount of amounts) {
    sum += amount;
  }
  return sum;
}

function toMicros({ numerator, denominator }: Rational): bigint {
  return divideHalfEven(numerator * MICROS_PER_UNIT, denominator);
}
