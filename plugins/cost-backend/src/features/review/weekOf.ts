import { addDays, daysBetween } from '@headroom/common';
import { ReviewHours, reviewWeekEnd } from '@headroom/plugin-cost-common';
import { Calendar } from '../../core/Calendar';
import { ReviewSpan } from '../../database/reviews/ReviewInputStore';
import { ClusterCoverage } from '../../database/ReportStore';

/** Days that a forecast stands on, up to the end of the week. */
const HISTORY_DAYS = 56;
const DAYS_OF_WEEK = 7;

/** The days that a review is made of. */
export function spanOf(week: string): ReviewSpan {
  const end = reviewWeekEnd(week);
  return {
    historyFrom: addDays(end, -HISTORY_DAYS),
    before: addDays(week, -DAYS_OF_WEEK),
    week,
    end,
  };
}

/** Hours that are in, of all that the clusters which have any in either week should have. */
export function hoursOf(
  clusters: readonly ClusterCoverage[],
  { before, week, end }: ReviewSpan,
  calendar: Calendar,
): { before: ReviewHours; after: ReviewHours } {
  const within = calendar.days(before, end);
  const read = clusters.filter(({ days }) =>
    within.some(day => (days.get(day)?.hours ?? 0) > 0),
  );
  const count = (days: readonly string[]) => ({
    complete: read.reduce(
      (sum, cluster) =>
        sum +
        days.reduce(
          (hours, day) => hours + (cluster.days.get(day)?.hours ?? 0),
          0,
        ),
      0,
    ),
    wanted:
      read.length *
      days.reduce((sum, day) => sum + calendar.bounds(day).hours, 0),
  });
  return {
    before: count(calendar.days(before, week)),
    after: count(calendar.days(week, end)),
  };
}

/**
 * The days of the history from the first of which anything is known, and whether all
 * hours of them are in.
 */
export function historyOf(
  clusters: readonly ClusterCoverage[],
  { historyFrom, end }: ReviewSpan,
  calendar: Calendar,
): Array<{ day: string; complete: boolean }> {
  const from = clusters.reduce(
    (first, { firstDay = end }) => (firstDay < first ? firstDay : first),
    end,
  );
  const start = from > historyFrom ? from : historyFrom;
  return calendar.days(start, end).map(day => ({
    day,
    complete: clusters
      .filter(({ firstDay = end }) => firstDay <= day)
      .every(
        ({ days }) => (days.get(day)?.hours ?? 0) >= calendar.bounds(day).hours,
      ),
  }));
}

/** Mondays from one up to another, both included, the latest of them at most. */
export function mondays(first: string, last: string, most: number): string[] {
  const count = Math.floor(daysBetween(first, last) / DAYS_OF_WEEK) + 1;
  return Array.from({ length: Math.max(0, Math.min(most, count)) }, (_, i) =>
    addDays(last, -i * DAYS_OF_WEEK),
  ).reverse();
}
