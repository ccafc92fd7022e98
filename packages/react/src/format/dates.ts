import { DateTime } from 'luxon';

/** Calendar days and instants as a page shows them. Days are `YYYY-MM-DD` and carry no zone of their own. */

function dayOf(day: string): DateTime {
  return DateTime.fromISO(day, { zone: 'utc', locale: 'en-GB' });
}

/** `21 Oct` for an axis. @public */
export function formatDayShort(day: string): string {
  return dayOf(day).toFormat('d LLL');
}

/** `21 October 2026`. @public */
export function formatDay(day: string): string {
  return dayOf(day).toFormat('d LLLL yyyy');
}

/** `Wed 21 October 2026`. @public */
export function formatDayLong(day: string): string {
  return dayOf(day).toFormat('ccc d LLLL yyyy');
}

/** `October 2026` @public */
export function formatMonth(day: string): string {
  return dayOf(day).toFormat('LLLL yyyy');
}

/**
 * A span of days as people say it, `1–21 October`, `28 September – 4 October`.
 * The year is said when it differs from `nearYear`.
 *
 * @param end - exclusive, as everywhere on the wire
 * @param style - `short` = `28 Sept – 4 Oct`
 *
 * @public
 */
export function formatDayRange(
  start: string,
  end: string,
  nearYear?: number,
  style: 'long' | 'short' = 'long',
): string {
  const last = dayOf(end).minus({ days: 1 });
  return last < dayOf(start)
    ? ''
    : formatDaySpan(start, last.toISODate() ?? '', nearYear, style);
}

/** Like {@link formatDayRange}, from the first day and the last one, which may be the same day. @public */
export function formatDaySpan(
  start: string,
  end: string,
  nearYear?: number,
  style: 'long' | 'short' = 'long',
): string {
  const first = dayOf(start);
  const last = dayOf(end);
  const month = style === 'long' ? 'd LLLL' : 'd LLL';
  const sameYear = first.year === last.year;
  const year = sameYear && last.year === nearYear ? '' : ' yyyy';
  const to = last.toFormat(`${month}${year}`);
  if (first.equals(last)) {
    return to;
  }
  if (sameYear && first.month === last.month) {
    return `${first.day}\u2013${to}`;
  }
  return `${first.toFormat(`${month}${sameYear ? '' : year}`)} \u2013 ${to}`;
}

/** The year of a day. @public */
export function yearOf(day: string): number {
  return dayOf(day).year;
}

/** The calendar day of an instant in a zone; a day stays as it is. @public */
export function calendarDay(text: string, timezone: string): string {
  return text.includes('T')
    ? DateTime.fromISO(text, { zone: timezone }).toFormat('yyyy-MM-dd')
    : text;
}

/** The calendar day it is now in a zone, `YYYY-MM-DD`. @public */
export function todayIn(timezone: string): string {
  return DateTime.now().setZone(timezone).toFormat('yyyy-MM-dd');
}

/** An instant in a zone, which it names: `21 October 2026, 14:00 CEST`. @public */
export function formatInstant(at: string, timezone: string): string {
  const instant = DateTime.fromISO(at, { zone: timezone, locale: 'en-GB' });
  return instant.isValid ? instant.toFormat('d LLLL yyyy, HH:mm ZZZZ') : at;
}

/** The time of day of an instant in a zone, which it names: `14:00 CEST`. @public */
export function formatTime(at: string, timezone: string): string {
  const instant = DateTime.fromISO(at, { zone: timezone, locale: 'en-GB' });
  return instant.isValid ? instant.toFormat('HH:mm ZZZZ') : at;
}

/** The end of an hour that is told by its start, ISO 8601 UTC. @public */
export function hourEnd(hour: string): string {
  const end = DateTime.fromISO(hour, { zone: 'utc' }).plus({ hours: 1 });
  return end.toISO() ?? hour;
}
