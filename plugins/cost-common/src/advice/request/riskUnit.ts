import { CpuDay } from './types';

/** How near the unit is to mean usage; the rest is the usual peak. */
const MEAN_WEIGHT = 0.25;

/**
 * What requests of a container are compared with: the geometric mean of the
 * usual day's peak, three times, and mean usage, once. With mean usage alone,
 * whoever is idle but for short peaks may be above the request for hours a week,
 * however little it would cost to cover them; with the peak alone, covering such
 * peaks is always cheap.
 */
export function riskUnit(days: readonly CpuDay[]): number {
  let sum = 0;
  let count = 0;
  let peaks = 0;
  for (const day of days) {
    sum += day.mean * day.count;
    count += day.count;
    peaks += day.max;
  }
  const peak = peaks / days.length;
  // Of a ratio, so that a power of two scales the unit exactly.
  return peak > 0 ? peak * (sum / count / peak) ** MEAN_WEIGHT : 0;
}
