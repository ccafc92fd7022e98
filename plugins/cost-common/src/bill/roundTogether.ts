import { divideHalfEven, powerOfTen } from '@headroom/common';
import { Decimal, DecimalSum } from './Decimal';

const MICRO_SCALE = 6;

/** A decimal in micros, rounded half to even. @public */
export function decimalMicros({ digits, scale }: Decimal): bigint {
  return scale <= MICRO_SCALE
    ? digits * powerOfTen(MICRO_SCALE - scale)
    : divideHalfEven(digits, powerOfTen(scale - MICRO_SCALE));
}

/**
 * Decimals in micros that sum to their sum in micros, whatever they are grouped
 * by: each is rounded down, and the micros that are missing go to those that lost
 * most, the first of equals.
 *
 * @public
 */
export function roundTogether(decimals: readonly Decimal[]): bigint[] {
  const sum = DecimalSum.create();
  decimals.forEach(decimal => sum.add(decimal));
  const parts = decimals.map(floorMicros);
  const floor = parts.reduce((all, { micros }) => all + micros, 0n);
  const missing = Number(decimalMicros(sum.value) - floor);
  const micros = parts.map(part => part.micros);
  parts
    .map(({ lost }, index) => ({ lost, index }))
    .sort((a, b) => b.lost - a.lost || a.index - b.index)
    .slice(0, missing)
    .forEach(({ index }) => {
      micros[index] += 1n;
    });
  return micros;
}

/** Digits of what is lost that tell parts apart. */
const PRECISION = 15;

function floorMicros({ digits, scale }: Decimal): {
  micros: bigint;
  lost: number;
} {
  if (scale <= MICRO_SCALE) {
    return { micros: digits * powerOfTen(MICRO_SCALE - scale), lost: 0 };
  }
  const unit = powerOfTen(scale - MICRO_SCALE);
  const rest = ((digits % unit) + unit) % unit;
  return {
    micros: (digits - rest) / unit,
    // Never 0 where something was lost: a whole amount gets no micro.
    lost: rest === 0n ? 0 : Number((rest * powerOfTen(PRECISION)) / unit + 1n),
  };
}
