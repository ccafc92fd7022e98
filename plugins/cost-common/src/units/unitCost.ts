import {
  divideHalfEven,
  multiplyRationals,
  rationalOfNumber,
} from '@headroom/common';

const UNIT_COST_DIGITS = 9;
const NANOS_PER_MICRO = 1_000n;

/**
 * Cost of `per` units: cost / quantity × per, a decimal string with 9 digits
 * after the point in the currency of the cost. Cost and quantity must be of the
 * same closed window and scope.
 *
 * Where it can't be said there is a reason instead, never 0 and never infinity:
 * `no-data` = the quantity is not known, `no-units` = there were none,
 * `below-minimum` = fewer than `minimum`, so that the ratio would mislead.
 *
 * @public
 */
export function unitCost(input: {
  costMicros: bigint;
  quantity: number | undefined;
  /** Units the price is for, above 0: 1 000 000 = per million. */
  per: number;
  minimum: number;
}): {
  unitCost?: string;
  reason?: 'no-units' | 'below-minimum' | 'no-data';
} {
  const { costMicros, quantity, per, minimum } = input;
  if (!(per > 0 && Number.isFinite(per))) {
    throw new RangeError(`per is ${per}; it must be above 0, such as 1000`);
  }
  if (quantity === undefined || !Number.isFinite(quantity) || quantity < 0) {
    return { reason: 'no-data' };
  }
  if (quantity === 0) {
    return { reason: 'no-units' };
  }
  if (quantity < minimum) {
    return { reason: 'below-minimum' };
  }
  const units = rationalOfNumber(quantity);
  const { numerator, denominator } = multiplyRationals(
    { numerator: costMicros * NANOS_PER_MICRO, denominator: 1n },
    rationalOfNumber(per),
    { numerator: units.denominator, denominator: units.numerator },
  );
  return { unitCost: nanosToDecimal(divideHalfEven(numerator, denominator)) };
}

function nanosToDecimal(nanos: bigint): string {
  const digits = (nanos < 0n ? -nanos : nanos)
    .toString()
    .padStart(UNIT_COST_DIGITS + 1, '0');
  const whole = digits.slice(0, -UNIT_COST_DIGITS);
  return `${nanos < 0n ? '-' : ''}${whole}.${digits.slice(-UNIT_COST_DIGITS)}`;
}
