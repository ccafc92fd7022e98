import {
  addDays,
  daysBetween,
  monthStart,
  nextMonthStart,
} from '@headroom/common';

const NOW_DAYS = 28;
const DAYS_OF_WEEK = 7;
/** Closed days before which there is no completion report. @public */
export const COMPLETION_LEAST_DAYS = 2 * DAYS_OF_WEEK;
/** Of a month this much must be known for it to be a baseline. */
const LEAST_OF_MONTH = 0.9;

/** A day that is over, and whether all hours of it are in. @public */
export interface ClosedDay {
  day: string;
  complete: boolean;
}

/** Days that are compared; `end` is exclusive. @public */
export interface CompletionSpan {
  start: string;
  end: string;
  /** `YYYY-MM`; absent = these days are no month. */
  month?: string;
  /** Those of which all hours are in; only they are compared. */
  days: string[];
}

/**
 * The two windows of a completion report, or undefined while there are fewer than
 * fourteen closed days.
 *
 * Now is the last 28 days, four whole weeks. The baseline is the month that was asked
 * for, else the first month that is over before them, of which nine tenths of the days
 * are complete; where there is none, the longest run of whole weeks before now, which is
 * then as many whole weeks, at most four, as leave the baseline no shorter.
 *
 * @param days - consecutive, from the first of which anything is known to the last that is closed
 * @param month - `YYYY-MM`
 * @public
 */
export function completionWindows(
  days: readonly ClosedDay[],
  month?: string,
): { baseline: CompletionSpan; now: CompletionSpan } | undefined {
  if (days.length < COMPLETION_LEAST_DAYS) {
    return undefined;
  }
  const first = days[0].day;
  const end = addDays(days[days.length - 1].day, 1);
  const span = (start: string, until: string, of?: string): CompletionSpan => ({
    start,
    end: until,
    ...(of !== undefined && { month: of }),
    days: days
      .filter(({ day, complete }) => complete && day >= start && day < until)
      .map(({ day }) => day),
  });
  const months = wholeMonths(first, addDays(end, -NOW_DAYS))
    .map(start =>
      span(start, nextMonthStart(start), start.slice(0, 'YYYY-MM'.length)),
    )
    .filter(
      each =>
        each.days.length >= LEAST_OF_MONTH * daysBetween(each.start, each.end),
    );
  const chosen = months.find(each => each.month === month) ?? months.at(0);
  const weeks = Math.floor(days.length / (2 * DAYS_OF_WEEK));
  const length = chosen ? NOW_DAYS : Math.min(NOW_DAYS, weeks * DAYS_OF_WEEK);
  const now = span(addDays(end, -length), end);
  const before = days.length - length;
  const baseline =
    chosen ?? span(first, addDays(first, before - (before % DAYS_OF_WEEK)));
  return now.days.length > 0 && baseline.days.length > 0
    ? { baseline, now }
    : undefined;
}

/** First days of the months that lie between two days, as a whole. */
function wholeMonths(first: string, end: string): string[] {
  const starts: string[] = [];
  let start = monthStart(first) === first ? first : nextMonthStart(first);
  while (nextMonthStart(start) <= end) {
    starts.push(start);
    start = nextMonthStart(start);
  }
  return starts;
}
