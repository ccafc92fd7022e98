import {
  divideHalfEven,
  multiplyRationals,
  rationalOfNumber,
} from '@headroom/common';
import { ContainerDay } from '../days/containerDay';
import { AdvicePrices, AdvisedResource } from '../types';

const GIB = 2 ** 30;
const SECONDS_PER_HOUR = 3600;
/** Hours of the month that money is stated for. */
export const HOURS_PER_MONTH = 730;

/**
 * What one resource is charged in the days under a request, micros: every hour
 * the larger of request × running time and usage, as the Cost tab allocates.
 * 0n when nothing was charged for it.
 */
export function chargedMicros(
  days: readonly ContainerDay[],
  resource: AdvisedResource,
  request: number,
  prices: AdvicePrices,
): bigint {
  const price = resource === 'cpu' ? prices.cpuCoreHour : prices.memoryGibHour;
  if (price === undefined) {
    return 0n;
  }
  let seconds = 0;
  for (const { digest } of days) {
    const { runSeconds, cpuUsageCoreSeconds, memoryUsageByteSeconds } =
      digest.hours;
    const used =
      resource === 'cpu' ? cpuUsageCoreSeconds : memoryUsageByteSeconds;
    for (let hour = 0; hour < runSeconds.length; hour++) {
      const reserved = request * runSeconds[hour];
      seconds += used[hour] > reserved ? used[hour] : reserved;
    }
  }
  const unit = SECONDS_PER_HOUR * (resource === 'cpu' ? 1 : GIB);
  const { numerator, denominator } = multiplyRationals(
    rationalOfNumber(seconds / unit),
    rationalOfNumber(price),
  );
  return divideHalfEven(numerator, denominator);
}

/** An amount of a span of hours, for a month of 730; exactly 0 for 0. */
export function perMonth(micros: bigint, hours: number): bigint {
  return hours > 0
    ? divideHalfEven(micros * BigInt(HOURS_PER_MONTH), BigInt(hours))
    : 0n;
}
