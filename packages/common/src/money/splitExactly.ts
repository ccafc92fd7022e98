import { toCommonScale } from './rational';

/**
 * Splits an amount in proportion to weights so that the parts sum to `total`
 * exactly (largest remainder, also known as Hamilton's method).
 *
 * Weights may be of any magnitude; doubles are taken at their exact value. The
 * leftover units go to the largest remainders, on a tie to the first index. A
 * part of weight 0 is always `0n`. A negative total is the mirror of the
 * positive one.
 *
 * Throws a RangeError that names the index when a weight is negative, NaN or
 * infinite, and when there is an amount to split but no weight above 0.
 *
 * @public
 */
export function splitExactly(
  total: bigint,
  weights: readonly (number | bigint)[],
): bigint[] {
  const exact = toBigints(weights);
  const sum = exact.reduce((a, b) => a + b, 0n);
  if (total === 0n) {
    return exact.map(() => 0n);
  }
  if (sum === 0n) {
    throw new RangeError(
      `Can't split ${total} over ${weights.length} weights that are all zero`,
    );
  }
  return total < 0n
    ? largestRemainder(-total, exact, sum).map(part => -part)
    : largestRemainder(total, exact, sum);
}

function largestRemainder(
  total: bigint,
  weights: readonly bigint[],
  sum: bigint,
): bigint[] {
  const remainders: Array<{ index: number; remainder: bigint }> = [];
  let left = total;
  const parts = weights.map((weight, index) => {
    const product = total * weight;
    const part = product / sum;
    const remainder = product - part * sum;
    left -= part;
    if (remainder > 0n) {
      remainders.push({ index, remainder });
    }
    return part;
  });
  if (left > 0n) {
    remainders.sort((a, b) => {
      if (a.remainder === b.remainder) {
        return a.index - b.index;
      }
      return a.remainder > b.remainder ? -1 : 1;
    });
    // Fewer units are left than there are remainders, as each is below `sum`.
    for (const { index } of remainders.slice(0, Number(left))) {
      parts[index] += 1n;
    }
  }
  return parts;
}

function toBigints(weights: readonly (number | bigint)[]): bigint[] {
  weights.forEach((weight, index) => {
    const valid =
      typeof weight === 'bigint'
        ? weight >= 0n
        : Number.isFinite(weight) && weight >= 0;
    if (!valid) {
      throw new RangeError(
        `Weight ${index} is ${weight}; weights are finite and not negative`,
      );
    }
  });
  if (weights.every(isBigint)) {
    return [...weights];
  }
  if (weights.every(isNumber)) {
    return toCommonScale(weights);
  }
  return mixedToBigints(weights);
}

function mixedToBigints(weights: readonly (number | bigint)[]): bigint[] {
  // The 1 in front carries the scale the doubles were brought to.
  const [one, ...numbers] = toCommonScale([1, ...weights.filter(isNumber)]);
  let next = 0;
  return weights.map(weight =>
    isBigint(weight) ? weight * one : numbers[next++],
  );
}

function isBigint(weight: number | bigint): weight is bigint {
  return typeof weight === 'bigint';
}

function isNumber(weight: number | bigint): weight is number {
  return typeof weight === 'number';
}
