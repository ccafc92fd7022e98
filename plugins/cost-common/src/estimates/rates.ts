import {
  divideHalfEven,
  multiplyRationals,
  powerOfTen,
  Rational,
  rationalOfDecimal,
  rationalOfNumber,
} from '@headroom/common';
import { Observed } from './ObservedPool';

const DIGITS = 9;
const MICROS_DIGITS = 6;

/** Micros a unit and hour, exactly; undefined where there was none of it. */
export function rateOf(observed: readonly Observed[]): Rational | undefined {
  const { micros, quantity } = observed.reduce<Observed>(
    (sum, each) => ({
      micros: sum.micros + each.micros,
      quantity: addRationals(sum.quantity, each.quantity),
    }),
    { micros: 0n, quantity: { numerator: 0n, denominator: 1n } },
  );
  return quantity.numerator > 0n
    ? {
        numerator: micros * quantity.denominator,
        denominator: quantity.numerator,
      }
    : undefined;
}

/** A decimal price as micros a unit. */
export function rateOfDecimal(decimal: string): Rational {
  return multiplyRationals(rationalOfDecimal(decimal), {
    numerator: powerOfTen(MICROS_DIGITS),
    denominator: 1n,
  });
}

/** Micros that a quantity costs for some hours, rounded once, half to even. */
export function costOf(
  rate: Rational,
  quantity: Rational,
  hours: number,
): bigint {
  const { numerator, denominator } = multiplyRationals(
    rate,
    quantity,
    rationalOfNumber(hours),
  );
  return divideHalfEven(numerator, denominator);
}

/** A rate in micros as a decimal price with nine digits. */
export function priceOfRate({ numerator, denominator }: Rational): string {
  const scaled = divideHalfEven(
    numerator * powerOfTen(DIGITS - MICROS_DIGITS),
    denominator,
  );
  const digits = scaled.toString().padStart(DIGITS + 1, '0');
  return `${digits.slice(0, -DIGITS)}.${digits.slice(-DIGITS)}`;
}

/** The nearest double. */
export function toNumber({ numerator, denominator }: Rational): number {
  const whole = numerator / denominator;
  // What is left of the whole is below 1, so that large bigints lose nothing.
  const rest = numerator % denominator;
  return (
    Number(whole) + Number((rest * powerOfTen(15)) / denominator) / 10 ** 15
  );
}

function addRationals(a: Rational, b: Rational): Rational {
  return a.denominator === b.denominator
    ? { numerator: a.numerator + b.numerator, denominator: a.denominator }
    : {
        numerator: a.numerator * b.denominator + b.numerator * a.denominator,
        denominator: a.denominator * b.denominator,
      };
}
