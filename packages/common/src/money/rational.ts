/**
 * An exact fraction; `denominator` is positive.
 *
 * @public
 */
export interface Rational {
  numerator: bigint;
  denominator: bigint;
}

/** Ten to the power of `exponent` ≥ 0. @public */
export function powerOfTen(exponent: number): bigint {
  return BigInt(`1${'0'.repeat(exponent)}`);
}

// One double seen as its two 32-bit words, big-endian.
const DOUBLE = new DataView(new ArrayBuffer(8));

/**
 * A finite double as integer × 2^exponent, exactly (IEEE 754 binary64).
 *
 * @public
 */
export function decompose(value: number): {
  integer: number;
  exponent: number;
} {
  if (Number.isSafeInteger(value)) {
    return { integer: value, exponent: 0 };
  }
  if (!Number.isFinite(value)) {
    throw new RangeError(`${value} is not a finite number`);
  }
  DOUBLE.setFloat64(0, value);
  const high = DOUBLE.getUint32(0);
  const low = DOUBLE.getUint32(4);
  const biased = (high >>> 20) & 0x7ff;
  const fraction = (high & 0xfffff) * 0x100000000 + low;
  // Subnormals have no implicit leading bit and the smallest exponent.
  const integer = biased === 0 ? fraction : fraction + 0x10000000000000;
  const exponent = (biased === 0 ? 1 : biased) - 1075;
  return { integer: value < 0 ? -integer : integer, exponent };
}

/** The exact value of a finite double. @public */
export function rationalOfNumber(value: number): Rational {
  const { integer, exponent } = decompose(value);
  return exponent >= 0
    ? { numerator: BigInt(integer) << BigInt(exponent), denominator: 1n }
    : { numerator: BigInt(integer), denominator: 1n << BigInt(-exponent) };
}

const DECIMAL = /^(-?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * The exact value of a decimal such as `-12.50`, `.5` or `1.23E-7`.
 * Throws a RangeError that names the value when it is not one.
 *
 * @public
 */
export function rationalOfDecimal(decimal: string): Rational {
  const match = DECIMAL.exec(decimal);
  const digits = match ? `${match[2]}${match[3] ?? ''}` : '';
  if (!match || digits === '') {
    throw new RangeError(`"${decimal}" is not a decimal number`);
  }
  const magnitude = BigInt(digits);
  const numerator = match[1] === '-' ? -magnitude : magnitude;
  const exponent = Number(match[4] ?? 0) - (match[3]?.length ?? 0);
  return exponent >= 0
    ? { numerator: numerator * powerOfTen(exponent), denominator: 1n }
    : { numerator, denominator: powerOfTen(-exponent) };
}

/** Product of fractions, not reduced. @public */
export function multiplyRationals(...factors: Rational[]): Rational {
  return factors.reduce((product, factor) => ({
    numerator: product.numerator * factor.numerator,
    denominator: product.denominator * factor.denominator,
  }));
}

/**
 * numerator / denominator to the nearest integer; a tie goes to the even one.
 *
 * @public
 */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  if (denominator < 0n) {
    return divideHalfEven(-numerator, -denominator);
  }
  if (numerator < 0n) {
    return -divideHalfEven(-numerator, denominator);
  }
  const quotient = numerator / denominator;
  const twiceRest = (numerator % denominator) * 2n;
  const roundUp =
    twiceRest > denominator ||
    (twiceRest === denominator && quotient % 2n === 1n);
  return roundUp ? quotient + 1n : quotient;
}

/**
 * Doubles as integers with the same ratios to each other, exactly: every value
 * times one common power of two.
 *
 * @public
 */
export function toCommonScale(values: readonly number[]): bigint[] {
  if (values.every(Number.isSafeInteger)) {
    return values.map(BigInt);
  }
  const parts = values.map(decompose);
  let smallest = Infinity;
  for (const { integer, exponent } of parts) {
    // Zero has no exponent of its own; it must not widen the others.
    if (integer !== 0 && exponent < smallest) {
      smallest = exponent;
    }
  }
  return parts.map(({ integer, exponent }) =>
    integer === 0 ? 0n : BigInt(integer) << BigInt(exponent - smallest),
  );
}

/**
 * Fractions as integers with the same ratios to each other.
 *
 * @public
 */
export function rationalsToCommonScale(values: readonly Rational[]): bigint[] {
  const common = values.reduce(
    (product, { denominator }) => product * denominator,
    1n,
  );
  return values.map(
    ({ numerator, denominator }) => (numerator * common) / denominator,
  );
}
