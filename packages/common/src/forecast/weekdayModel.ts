import { DayValue } from './days';
import { comesAndGoes, meanLevel, nearestLevel } from './levels';
import { weekdayFactors } from './weekdayFactors';

/**
 * What days are expected to cost: a level times a factor a weekday.
 *
 * @internal
 */
export interface WeekdayFit {
  /** Of the seven, see `weekday`; not negative, and 7 in sum. */
  factors: readonly number[];
  /** Micros of a day whose factor is 1. */
  level: number;
  /**
   * The level, or what it was on the average of the days that were looked at when that
   * is more: what errors are measured by, as of a level of 0 everything is a multiple.
   */
  scale: number;
  /** There are days without cost again and again, and the level is the mean. */
  comesAndGoes: boolean;
}

/** How far back a forecast looks, in days. @internal */
export const LOOK_BACK_DAYS = 56;

/**
 * Fits a level times a factor a weekday.
 *
 * - Factor: of each block of seven days, counted back from the last day, what the
 *   weekday cost over the block's mean; averaged over the blocks, drawn towards 1
 *   the more, the less blocks agree, by one pretended observation at most, so that a
 *   single week is not taken for a season.
 * - Level: the level whose days are least far from the last seven, the sum of absolute
 *   differences taken: the median of the days over their factors, weighted by these. A
 *   one-off day does not move it, a level shift is followed within four days. Where few
 *   weekdays cost anything, more weeks are looked at.
 * - Where cost comes and goes on days that no weekday explains, and is not gone longer
 *   than it ever was: the mean of the days. Half of them may cost nothing then, and a
 *   median says nothing of the other half.
 *
 * `history` is of complete days in ascending order, at least one; of it the days before
 * the place `end` count, from the place {@link firstOfFit} on.
 *
 * @internal
 */
export function fitWeekdays(
  history: readonly DayValue[],
  end: number = history.length,
  first: number = firstOfFit(history, end),
): WeekdayFit {
  const factors = weekdayFactors(history, first, end);
  const mean = meanLevel(history, first, end, factors);
  const isMean = comesAndGoes(history, first, end, factors);
  const level = isMean ? mean : nearestLevel(history, first, end, factors);
  return {
    factors,
    level: Math.max(0, level),
    scale: Math.max(0, level, mean),
    comesAndGoes: isMean,
  };
}

/**
 * The place of the first day that a fit of the days before `end` looks at.
 *
 * @param from - a place that it is not before
 * @internal
 */
export function firstOfFit(
  history: readonly DayValue[],
  end: number,
  from: number = 0,
): number {
  const last = history[end - 1].ordinal;
  let first = from;
  while (last - history[first].ordinal >= LOOK_BACK_DAYS) {
    first += 1;
  }
  return first;
}

/**
 * Quantile by linear interpolation between order statistics (type 7 of Hyndman
 * and Fan 1996). `values` has at least one.
 *
 * @internal
 */
export function quantile(
  values: readonly number[],
  probability: number,
): number {
  // Sorts numbers as such, and several times as fast as a comparison does.
  const sorted = Float64Array.from(values).sort();
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}
