import { addDays, monthStart, nextMonthStart } from '../time';
import { DaySpan, ProjectionDay, projectPeriod } from './projectPeriod';
import { Projection } from './Projection';

const BACKTEST_MONTHS = 3;

/**
 * What the calendar month of `today` will cost, as {@link projectPeriod}: standing on
 * the days so far and on as much history before them as is given; four months make
 * all of it work. It is tried on up to three months before. `monthEnd` is the last
 * day of the month.
 *
 * @public
 */
export function projectMonth(input: {
  days: ReadonlyArray<ProjectionDay>;
  today: string;
}): Projection {
  const { days, today } = input;
  const period = { start: monthStart(today), end: nextMonthStart(today) };
  const projection = projectPeriod({
    days,
    today,
    period,
    past: monthsBefore(period.start),
  });
  return projection.status === 'ok'
    ? { ...projection, monthEnd: addDays(period.end, -1) }
    : projection;
}

function monthsBefore(first: string): DaySpan[] {
  const months: DaySpan[] = [];
  let end = first;
  while (months.length < BACKTEST_MONTHS) {
    const start = monthStart(addDays(end, -1));
    months.push({ start, end });
    end = start;
  }
  return months;
}
