import { addDays, calendarDayOf, dayBounds } from '@headroom/common';
import { Calendar } from '../../core/Calendar';

/** Hours of a day of the reports' zone that a period's begin moves to another day. */
export interface PeriodEdge {
  /** The day they are counted on. */
  day: string;
  start: Date;
  end: Date;
  /** The day of the budget they belong to. */
  to: string;
  /** Whole days that move there with them. */
  whole: string[];
}

/**
 * What has to move so that a period begins with its own first hour, where the zone of
 * a budget is not that of stored days: hours of the day that its begin lies in.
 *
 * @param first - first day of the period, in the zone of the budget
 * @returns undefined when nothing moves.
 */
export function periodEdge(
  first: string,
  zone: string,
  calendar: Calendar,
): PeriodEdge | undefined {
  const begin = dayBounds(first, zone).start;
  const day = calendarDayOf(begin, calendar.zone);
  const bounds = calendar.bounds(day);
  if (day < first) {
    return {
      day,
      start: begin,
      end: bounds.end,
      to: first,
      whole: [...calendar.days(addDays(day, 1), first)],
    };
  }
  const whole = [...calendar.days(first, day)];
  return begin > bounds.start || whole.length > 0
    ? { day, start: bounds.start, end: begin, to: addDays(first, -1), whole }
    : undefined;
}

/** Moves amounts of days in place: those of hours, and of whole days. */
export function moveEdge(
  byDay: Map<string, bigint>,
  { day, to, whole }: Omit<PeriodEdge, 'start' | 'end'>,
  micros: bigint,
): void {
  const add = (at: string, more: bigint) =>
    byDay.set(at, (byDay.get(at) ?? 0n) + more);
  for (const each of whole) {
    add(to, byDay.get(each) ?? 0n);
    byDay.delete(each);
  }
  add(day, -micros);
  add(to, micros);
}
