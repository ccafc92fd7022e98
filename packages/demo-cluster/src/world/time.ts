import { DAY_MS } from '@headroom/common';

/** Seconds of an hour. */
export const HOUR_SECONDS = 3600;

/** Length of one sample: five minutes, as in `ContainerSamples`. */
export const SLOT_SECONDS = 300;

/** Samples in an hour. */
export const SLOTS_PER_HOUR = 12;

/** Midnight UTC of the day an instant lies in. */
export function startOfDay(at: Date): Date {
  return new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
}
