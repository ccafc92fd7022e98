import { eachDay, PeriodProjection } from '@headroom/common';
import { BudgetDay, BudgetEvaluation } from './evaluateBudget';

/** What is left at the end of a day; money in micros. @public */
export interface BurnDownPoint {
  day: string;
  /** If the budget were spent evenly. */
  even: bigint;
  /** By what is spent; up to today, from the first day that is known on. */
  left?: bigint;
  /** The day isn't over, or hours of it are missing. */
  partial?: boolean;
  /** As it is forecast, from the last complete day on: the likely one, and the ends of its interval. */
  forecast?: { likely: bigint; least: bigint; most: bigint };
}

/**
 * What is left of a budget day by day: what was spent taken off its limit, and the
 * forecast's cone from the last complete day on. Where budget is left over it is
 * positive, once it is breached negative.
 *
 * @param evaluation - with the forecast's course
 * @public
 */
export function burnDown(
  evaluation: BudgetEvaluation,
  days: readonly BudgetDay[],
  today: string,
): BurnDownPoint[] {
  const { countsFrom, knownFrom = '', limit, period, projection } = evaluation;
  const byDay = new Map(days.map(each => [each.day, each]));
  const course = courseByDay(projection);
  const all = eachDay(period.start, period.end);
  let spent = 0n;
  return all.map((day, index): BurnDownPoint => {
    const known =
      day <= today && day >= countsFrom ? byDay.get(day) : undefined;
    spent += known?.micros ?? 0n;
    const point = course.get(day);
    return {
      day,
      even: limit - (limit * BigInt(index + 1)) / BigInt(all.length),
      ...(day <= today && day >= knownFrom && { left: limit - spent }),
      ...((day === today || (known && !known.complete)) && { partial: true }),
      ...(point && {
        forecast: {
          likely: limit - point.total,
          least: limit - point.high,
          most: limit - point.low,
        },
      }),
    };
  });
}

function courseByDay(projection: PeriodProjection) {
  const course = projection.status === 'ok' ? projection.course ?? [] : [];
  return new Map(
    course.map(({ day, total, low, high }) => [
      day,
      { total: BigInt(total), low: BigInt(low), high: BigInt(high) },
    ]),
  );
}

/**
 * The first day by whose end more is spent than the limit; undefined = none so far.
 *
 * @public
 */
export function breachedOn(
  {
    countsFrom,
    limit,
    period,
  }: Pick<BudgetEvaluation, 'countsFrom' | 'limit' | 'period'>,
  days: readonly BudgetDay[],
): string | undefined {
  let spent = 0n;
  const within = days
    .filter(({ day }) => day >= countsFrom && day < period.end)
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  for (const { day, micros } of within) {
    spent += micros;
    if (spent > 0n && spent > limit) {
      return day;
    }
  }
  return undefined;
}
