import { HOUR_MS } from '@headroom/common';
import { DateTime } from 'luxon';

/** End of the last hour that is over and settled. */
export function closedUntil(now: Date, settleMs: number): Date {
  return new Date(Math.floor((now.getTime() - settleMs) / HOUR_MS) * HOUR_MS);
}

/** The oldest hour that is read again while it is incomplete. */
export function horizon(options: {
  now: Date;
  settleMs: number;
  backfillHours: number;
}): Date {
  return addHours(
    closedUntil(options.now, options.settleMs),
    -options.backfillHours,
  );
}

/** Starts of the hours from `start` up to, not including, `end`. */
export function hoursBetween(start: Date, end: Date): Date[] {
  const hours: Date[] = [];
  for (let hour = start; hour < end; hour = addHours(hour, 1)) {
    hours.push(hour);
  }
  return hours;
}

/** `hour` moved by whole hours. */
export function addHours(hour: Date, hours: number): Date {
  return new Date(hour.getTime() + hours * HOUR_MS);
}

/** From when on hours are kept: the start of a month. */
export function hoursKeptFrom(
  { retentionMonths }: { retentionMonths: number },
  now: Date,
): Date {
  return DateTime.fromJSDate(now, { zone: 'utc' })
    .minus({ months: retentionMonths })
    .startOf('month')
    .toJSDate();
}
