import { CpuDay } from './types';

/**
 * A day of raw samples, exactly: quantiles interpolate linearly between
 * neighbours (Hyndman and Fan's type 7, as NumPy's default).
 *
 * @param samples - finite usage in cores, in any order; it is copied
 * @returns also `unmetAbove`: Σ(x − value)⁺ / Σx, the share of the usage above a value
 * @throws RangeError without samples
 * @public
 */
export function cpuDayOfSamples(
  samples: Float64Array,
): CpuDay & { unmetAbove(value: number): number } {
  if (samples.length === 0) {
    throw new RangeError('A day of usage takes at least one sample');
  }
  const sorted = samples.slice().sort();
  const count = sorted.length;
  const sum = sorted.reduce((total, value) => total + value, 0);
  return {
    count,
    max: sorted[count - 1],
    mean: sum / count,
    quantile(q) {
      const at = Math.min(1, Math.max(0, q)) * (count - 1);
      const below = Math.floor(at);
      const above = Math.min(below + 1, count - 1);
      return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    },
    shareAbove: value => (count - firstAbove(sorted, value)) / count,
    unmetAbove(value) {
      let unmet = 0;
      for (let i = firstAbove(sorted, value); i < count; i++) {
        unmet += sorted[i] - value;
      }
      return sum > 0 ? unmet / sum : 0;
    },
  };
}

/** Index of the first element above a value; the length when there is none. */
function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] > value) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
