import { Wish } from './Wish';

/** @public */
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** In the order of ISO 8601. @public */
export const WEEKDAYS: readonly Weekday[] = [
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
  'sun',
];

/**
 * Times of a day, in the schedule's zone: from `start` to before `end` (`HH:mm`,
 * 24 hours; `24:00` as an end is the next midnight), or for so many minutes (as they
 * pass, whatever the clocks do), or all day.
 *
 * An end that isn't after its start is on the next day (S4).
 *
 * @public
 */
export type DayTimes =
  | { start: string; end: string }
  | { start: string; durationMinutes: number }
  | { allDay: true };

/**
 * Every week on these days. A window belongs to the day on which it starts.
 *
 * @public
 */
export interface WeeklyWindow {
  type: 'weekly';
  days: readonly Weekday[];
  times: DayTimes;
  /**
   * The day on which it ends, where that isn't the same or the next one: a weekend is
   * `days: ['fri'], times: {start: '20:00', end: '06:00'}, endDay: 'mon'`, or
   * `days: ['sat'], times: {allDay: true}, endDay: 'sun'`. Not with a duration.
   */
  endDay?: Weekday;
  /** First local date, `YYYY-MM-DD`, on which it starts; absent = always did. */
  validFrom?: string;
  /** Last local date on which it starts; absent = for good. */
  validUntil?: string;
}

/**
 * Starts whenever a cron expression of five fields says, in the schedule's zone, and
 * lasts so many minutes (as they pass, whatever the clocks do).
 *
 * @public
 */
export interface CronWindow {
  type: 'cron';
  cron: string;
  durationMinutes: number;
}

/** Once. Wins over what recurs. @public */
export interface DatedWindow {
  type: 'dated';
  /** First local date, `YYYY-MM-DD`. */
  date: string;
  /** Last local date, the same times each; absent = one date. */
  lastDate?: string;
  times: DayTimes;
}

/** When something is wanted, and what. @public */
export type ScheduleWindow = (WeeklyWindow | CronWindow | DatedWindow) & {
  /** For people: `Office hours`. */
  title?: string;
  wish: Wish;
};

/** What an exception sets: a wish, or what holds outside of all windows. @public */
export type ExceptionWish = Wish | { type: 'outside' };

/**
 * A date on which the windows of its schedule don't hold: a holiday, a freeze, a
 * launch. Wins over windows.
 *
 * @public
 */
export interface ScheduleException {
  /** For people: `Christmas Eve`. */
  title: string;
  /** First local date, `YYYY-MM-DD`, in the schedule's zone. */
  date: string;
  /** Last local date; absent = one date. */
  lastDate?: string;
  /** Of each date. */
  times: DayTimes;
  wish: ExceptionWish;
}

/** The days of a calendar as exceptions. @public */
export interface ScheduleHolidays {
  /** Id of a {@link HolidayCalendar}. */
  calendar: string;
  wish: ExceptionWish;
}

/** Days off, by name, with the years that somebody has filled in. @public */
export interface HolidayCalendar {
  id: string;
  title: string;
  /** First and last local date that the calendar is complete for, `YYYY-MM-DD`. */
  validFrom: string;
  validUntil: string;
  days: ReadonlyArray<{
    title: string;
    date: string;
    lastDate?: string;
    /** Absent = all day. */
    times?: DayTimes;
  }>;
}

/**
 * Windows of one zone. Of the schedules of a policy each has its own exceptions;
 * what they want together is as of windows that overlap (S7).
 *
 * @public
 */
export interface Schedule {
  /** IANA name, e.g. `Europe/Berlin`; there is no default. */
  zone: string;
  windows: readonly ScheduleWindow[];
  exceptions: readonly ScheduleException[];
  holidays: readonly ScheduleHolidays[];
}
