import { HOUR_MS } from '@headroom/common';
import { addHours, closedUntil } from '../../core/hours';

/**
 * When the first hour in which something ran is over and settled, and so may be
 * read: never earlier than the next hour is.
 *
 * @param since - when it was first known to run
 */
export function measuredFrom(since: Date, now: Date, settleMs: number): Date {
  const first = Math.floor(since.getTime() / HOUR_MS) * HOUR_MS;
  const next = closedUntil(now, settleMs).getTime();
  return new Date(
    addHours(new Date(Math.max(first, next)), 1).getTime() + settleMs,
  );
}
