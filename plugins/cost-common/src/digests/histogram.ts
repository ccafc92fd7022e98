import { newFloat64Array, newUint16Array } from './arrays';
import { bucketOf, LARGEST_CODE, UNKNOWN_CODE, valueOf } from './buckets';
import { Histogram } from './types';

// One for all: nothing below gives up the thread while it is in use. Counts are
// by code, and all 0 in between.
const scratch = new Float64Array(LARGEST_CODE + 1);
const filledCodes = new Uint16Array(LARGEST_CODE + 1);
const filledCounts = new Float64Array(LARGEST_CODE + 1);

/**
 * The histogram of values given by their codes; unknown ones don't count.
 * Throws a RangeError for a code there is none of.
 *
 * @public
 */
export function histogramOfCodes(codes: ArrayLike<number>): Histogram {
  let first = LARGEST_CODE;
  let last = UNKNOWN_CODE;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (!(code >= 0 && code <= LARGEST_CODE)) {
      scratch.fill(0);
      throw new RangeError(`${code} is not the code of a bucket`);
    }
    scratch[code] += 1;
    if (code < first) {
      first = code;
    }
    if (code > last) {
      last = code;
    }
  }
  scratch[UNKNOWN_CODE] = 0;
  return take(first, last);
}

/** All values of all histograms; exact, in whatever order and grouping. @public */
export function mergeHistograms(histograms: readonly Histogram[]): Histogram {
  let first = LARGEST_CODE;
  let last = UNKNOWN_CODE;
  for (const { codes, counts } of histograms) {
    const { length } = codes;
    for (let i = 0; i < length; i++) {
      scratch[codes[i]] += counts[i];
    }
    if (length > 0) {
      first = Math.min(first, codes[0]);
      last = Math.max(last, codes[length - 1]);
    }
  }
  return take(first, last);
}

/**
 * The smallest value that at least the share `q` of the values don't exceed
 * (nearest rank), within 1 %; undefined when there are no values. `q` = 0 is
 * the minimum, 1 the maximum.
 *
 * @public
 */
export function quantile(histogram: Histogram, q: number): number | undefined {
  if (!(q >= 0 && q <= 1)) {
    throw new RangeError(`${q} is not a quantile; it should be 0 to 1`);
  }
  const { codes, counts, total } = histogram;
  if (total === 0) {
    return undefined;
  }
  // 0.95 × 20 is a little above 19; the tolerance is far below one value.
  const rank = Math.max(1, Math.ceil(q * total - 1e-6));
  let seen = 0;
  for (let i = 0; i < codes.length; i++) {
    seen += counts[i];
    if (seen >= rank) {
      return valueOf(codes[i]);
    }
  }
  return valueOf(codes[codes.length - 1]);
}

/**
 * Share of the values above `value`, 0 to 1; those in its own bucket are not
 * above it. 0 when there are no values.
 *
 * @public
 */
export function shareAbove(histogram: Histogram, value: number): number {
  const { codes, counts, total } = histogram;
  if (total === 0) {
    return 0;
  }
  const code = bucketOf(value);
  let above = 0;
  for (let i = codes.length - 1; i >= 0 && codes[i] > code; i--) {
    above += counts[i];
  }
  return above / total;
}

/** What was counted from one code to another; the scratch is empty after it. */
function take(first: number, last: number): Histogram {
  let filled = 0;
  let total = 0;
  for (let code = first; code <= last; code++) {
    const count = scratch[code];
    if (count > 0) {
      filledCodes[filled] = code;
      filledCounts[filled] = count;
      filled += 1;
      total += count;
      scratch[code] = 0;
    }
  }
  const codes = newUint16Array(filled);
  const counts = newFloat64Array(filled);
  for (let i = 0; i < filled; i++) {
    codes[i] = filledCodes[i];
    counts[i] = filledCounts[i];
  }
  return { codes, counts, total };
}
