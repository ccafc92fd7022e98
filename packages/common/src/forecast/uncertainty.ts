import { DayValue, WEEK, weekday } from './days';
import {
  firstOfFit,
  fitWeekdays,
  LOOK_BACK_DAYS,
  quantile,
} from './weekdayModel';

/** Probability that the interval holds. @internal */
export const CONFIDENCE = 0.8;

/** How far what days cost may be from their forecast, in scales of {@link WeekdayFit}. @internal */
export interface ErrorInterval {
  /** At most 0. */
  low: number;
  /** At least 0. */
  high: number;
}

/** Days a fit needs before it is tried on the past. */
const MIN_TRAINING_DAYS = 7;
/** Trials without which quantiles mean nothing. */
const MIN_TRIALS = 20;
/** Days the level of a forecast is the median of. */
const DAYS_OF_LEVEL = 7;
/** What little history can't rule out. */
const LEAST_SPREAD = 0.1;
/** 90th percentile of the normal distribution: 80 % lie between it and its mirror. */
const NORMAL_90 = 1.2816;

/**
 * How far the remainder of a month may be from its forecast.
 *
 * With enough history: the method is tried on every day of the last eight weeks,
 * each time with what was known that day, and the 10th and 90th percentile of
 * the errors of the days that followed are taken, in scales. As many days are
 * summed as are to be forecast, or at least half as many. They are
 * widened twice: by 1 + horizon/2·trials, because trials that overlap tell less than
 * their number, and by √(days ahead/horizon), because errors grow with time.
 *
 * Of cost that comes and goes, no less than normal noise around the mean of the days:
 * trials hardly tell how wrong that is, as they nearly have the same one.
 *
 * With less: normal noise of n independent days with the spread seen so far, and
 * the error of a level that is the median of m ≤ 7 days (variance π/2 · σ²/m):
 * z·σ·√(n + n²·π/2m)/n, and at least ± 10 %.
 *
 * What that comes to is tried on generated histories of ten kinds in `coverage.test.ts`.
 *
 * @internal
 */
export function errorInterval(
  history: readonly DayValue[],
  daysAhead: number,
): ErrorInterval {
  const horizon = Math.min(
    daysAhead,
    history.length - MIN_TRAINING_DAYS - (MIN_TRIALS - 1),
  );
  const errors = horizon < daysAhead / 2 ? [] : pastErrors(history, horizon);
  if (errors.length < MIN_TRIALS) {
    const spread = normalSpread(history, daysAhead);
    return { low: -spread, high: spread };
  }
  const widening =
    (1 + horizon / (2 * errors.length)) * Math.sqrt(daysAhead / horizon);
  const least = fitWeekdays(history).comesAndGoes
    ? spreadOfMean(history, daysAhead)
    : 0;
  return {
    low: Math.min(-least, quantile(errors, (1 - CONFIDENCE) / 2) * widening),
    high: Math.max(least, quantile(errors, (1 + CONFIDENCE) / 2) * widening),
  };
}

/** Errors of `horizon` days in scales, tried on each of the last eight weeks' days. */
function pastErrors(history: readonly DayValue[], horizon: number): number[] {
  const errors: number[] = [];
  const first = Math.max(
    MIN_TRAINING_DAYS,
    history.length - horizon - LOOK_BACK_DAYS,
  );
  // How often each weekday is among the days ahead, and what they cost.
  const counts = new Array<number>(WEEK).fill(0);
  let actual = 0;
  const count = ({ ordinal, value }: DayValue, times: 1 | -1) => {
    counts[weekday(ordinal)] += times;
    actual += times * value;
  };
  history.slice(first, first + horizon).forEach(day => count(day, 1));
  let firstSeen = 0;
  for (let at = first; at + horizon <= history.length; at += 1) {
    firstSeen = firstOfFit(history, at, firstSeen);
    const { factors, level, scale } = fitWeekdays(history, at, firstSeen);
    const days = counts.reduce(
      (sum, times, day) => sum + times * factors[day],
      0,
    );
    if (scale * days > 0) {
      errors.push((actual - level * days) / (scale * days));
    }
    count(history[at], -1);
    if (at + horizon < history.length) {
      count(history[at + horizon], 1);
    }
  }
  return errors;
}

function normalSpread(history: readonly DayValue[], daysAhead: number): number {
  const ofLevel =
    (daysAhead ** 2 * Math.PI) / 2 / Math.min(history.length, DAYS_OF_LEVEL);
  return Math.max(
    LEAST_SPREAD,
    (NORMAL_90 * relativeSpread(history) * Math.sqrt(daysAhead + ofLevel)) /
      daysAhead,
  );
}

/** The same of a level that is the mean of all days that are looked at (variance σ²/m). */
function spreadOfMean(history: readonly DayValue[], daysAhead: number): number {
  const recent = history.slice(firstOfFit(history, history.length));
  const ofLevel = daysAhead ** 2 / recent.length;
  return (
    (NORMAL_90 * relativeSpread(recent) * Math.sqrt(daysAhead + ofLevel)) /
    daysAhead
  );
}

/** Standard deviation over the mean; 0 without a cost. */
function relativeSpread(days: readonly DayValue[]): number {
  const mean = days.reduce((sum, { value }) => sum + value, 0) / days.length;
  const variance =
    days.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) /
    Math.max(1, days.length - 1);
  return mean > 0 ? Math.sqrt(variance) / mean : 0;
}
