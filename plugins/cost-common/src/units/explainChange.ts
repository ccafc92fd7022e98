import {
  Rational,
  divideHalfEven,
  multiplyRationals,
  rationalOfDecimal,
  rationalOfNumber,
} from '@headroom/common';

/** A change of cost in two terms that sum to it exactly, in micros. @public */
export interface ChangeExplanation {
  /** `v1·u1 − v0·u0` */
  change: bigint;
  /** `(v1 − v0)·u0`: more or fewer units at the old unit cost. */
  volume: bigint;
  /** `(u1 − u0)·v1`: dearer or cheaper units. */
  efficiency: bigint;
}

/**
 * Splits a change of cost into volume and efficiency:
 * Δcost = (v1 − v0)·u0 + (u1 − u0)·v1. The change and the first term are rounded
 * half to even to the micro; the second is what is left, so that they sum.
 *
 * `v0`, `v1` are volumes before and after; `u0`, `u1` are the cost of one unit of
 * volume, decimal strings. Throws a RangeError when a volume is not finite or a
 * unit cost is not a decimal number.
 *
 * @public
 */
export function explainChange(
  v0: number,
  u0: string,
  v1: number,
  u1: string,
): ChangeExplanation {
  const before = multiplyRationals(rationalOfNumber(v0), rationalOfDecimal(u0));
  const after = multiplyRationals(rationalOfNumber(v1), rationalOfDecimal(u1));
  const atOldPrice = multiplyRationals(
    rationalOfNumber(v1),
    rationalOfDecimal(u0),
  );
  const change = differenceInMicros(after, before);
  const volume = differenceInMicros(atOldPrice, before);
  return { change, volume, efficiency: change - volume };
}

function differenceInMicros(a: Rational, b: Rational): bigint {
  return divideHalfEven(
    (a.numerator * b.denominator - b.numerator * a.denominator) * 1_000_000n,
    a.denominator * b.denominator,
  );
}
