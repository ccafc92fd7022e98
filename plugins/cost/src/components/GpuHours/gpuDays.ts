import { DayCost, ServiceCostReport } from '@headroom/plugin-cost-common';
import { isGap } from '../DayChart';

/** Device-hours of one day; undefined = not known. */
export interface GpuDay {
  day: string;
  paidHours?: number;
  busyHours?: number;
}

/** Device-hours by day, without those of days that no source answered for. */
export function gpuDays(
  hours: NonNullable<ServiceCostReport['gpu']>['days'],
  days: readonly DayCost[],
): GpuDay[] {
  const gaps = new Set(days.filter(isGap).map(({ day }) => day));
  return hours.map(hour => (gaps.has(hour.day) ? { day: hour.day } : hour));
}

/** Share of the paid hours that was busy; undefined when it can't be said. */
export function busyShare(hours: {
  paidHours?: number;
  busyHours?: number;
}): number | undefined {
  return hours.busyHours === undefined || !hours.paidHours
    ? undefined
    : hours.busyHours / hours.paidHours;
}
