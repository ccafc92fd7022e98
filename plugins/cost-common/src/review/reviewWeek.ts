import { addDays, daysBetween } from '@headroom/common';

/** Any Monday. */
const A_MONDAY = '2026-01-05';
const DAYS_OF_WEEK = 7;
/** How long after its end a week is left alone, so that what is late is in. */
const SETTLE_DAYS = 2;

/** The Monday of the week of a day, both `YYYY-MM-DD`. @public */
export function reviewWeekOf(day: string): string {
  const since = daysBetween(A_MONDAY, day) % DAYS_OF_WEEK;
  return addDays(day, -((since + DAYS_OF_WEEK) % DAYS_OF_WEEK));
}

/** The day after the last of a week that begins with a Monday. @public */
export function reviewWeekEnd(week: string): string {
  return addDays(week, DAYS_OF_WEEK);
}

/** The day from whose beginning on the review of a week is made: it is closed for 48 hours. @public */
export function reviewDueOn(week: string): string {
  return addDays(reviewWeekEnd(week), SETTLE_DAYS);
}

/** The newest week whose review is due on a day. @public */
export function newestDueWeek(today: string): string {
  return reviewWeekOf(addDays(today, -DAYS_OF_WEEK - SETTLE_DAYS));
}
