import { DayCost, ServiceCostReport } from '@headroom/plugin-cost-common';
import { isGap } from '../DayChart';

/** Device-hours of one day; undefined = not known. */
export interface GpuDay {
  day: string;
  paidHours?: number;
  /** Of which is known how busy they were; undefined = all. */
  knownHours?: number;
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

/** Share of the hours that was busy, over those of which it is known; undefined when it can't be said. */
export function busyShare({
  paidHours,
  knownHours = paidHours,
  busyHours,
}: Omit<GpuDay, 'day'>): number | undefined {
  return busyHours === undefined || !knownHours
    ? undefined
    : busyHours / knownHours;
}

/** How busy the devices were is known for some of the hours only. */
export function isPartlyKnown({
  paidHours = 0,
  knownHours = paidHours,
}: Omit<GpuDay, 'day'>): boolean {
  return knownHours < paidHours;
}
