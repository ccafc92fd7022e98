import { addDays, calendarDayOf, dayBounds } from '@headroom/common';
import { AdviceWindow } from '../../database/AdviceRunStore';

/** The days advice may look at now: those that are over, as many as look back. */
export function lookBack(
  now: Date,
  timezone: string,
  days: number,
): { start: string; end: string } {
  const end = calendarDayOf(now, timezone);
  return { start: addDays(end, -days), end };
}

/**
 * The look-back that ends with the newest day there are digests of: a day that
 * is over but not digested yet is not a gap.
 */
export function adviceWindow(
  newest: string,
  timezone: string,
  days: number,
): AdviceWindow {
  const endDay = addDays(newest, 1);
  const firstDay = addDays(endDay, -days);
  return {
    firstDay,
    endDay,
    days,
    start: dayBounds(firstDay, timezone).start.toISOString(),
    end: dayBounds(newest, timezone).end.toISOString(),
    lastDay: dayBounds(newest, timezone).start.toISOString(),
  };
}

/** The look-back of a run that was begun; undefined when days began at another time then. */
export function storedWindow(
  { start, end, days }: { start: string; end: string; days: number },
  timezone: string,
): AdviceWindow | undefined {
  const newest = calendarDayOf(new Date(Date.parse(end) - 1), timezone);
  const window = adviceWindow(newest, timezone, days);
  return window.start === start && window.end === end ? window : undefined;
}
