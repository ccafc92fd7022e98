import { GpuReadingFault } from '@headroom/plugin-cost-common';
import { GpuDeviceDay } from '../../database/GpuStore';
import { DeviceHour } from './readDeviceHours';

/** Readings that count, and those set aside by fault. */
export interface ReadingCounts {
  readings: number;
  setAside: Partial<Record<GpuReadingFault, number>>;
}

/**
 * Readings of the hours a report is of. They are counted by day: of a part of a
 * day that share of them is taken, and set aside were no more than there are
 * slots without a reading, or the faults of other tenants' hours would be theirs.
 */
export function readingsOf(
  { readings, setAside }: GpuDeviceDay,
  hours: readonly DeviceHour[],
  part: number,
): ReadingCounts {
  if (part === 1) {
    return { readings, setAside };
  }
  let unknown = hours
    .flatMap(({ busy }) => busy)
    .filter(share => share === null).length;
  const own: ReadingCounts['setAside'] = {};
  for (const [fault, count] of Object.entries(setAside)) {
    const taken = Math.min(unknown, Math.round(count * part));
    if (taken > 0) {
      own[fault as GpuReadingFault] = taken;
      unknown -= taken;
    }
  }
  return { readings: Math.round(readings * part), setAside: own };
}
