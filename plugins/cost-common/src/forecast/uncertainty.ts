import { DayValue, fitWeekdays, LOOK_BACK_DAYS, quantile } from './weekdayModel';

/** Probability that the interval holds. @internal */
export const CONFIDENCE = 0.8;

/** Actual over forecast of the remainder, at either end of the interval. @internal */
export interface RatioInterval {
  /** At most 1. */
  low: number;
  /** At least 1. */
  high: number;
}

/** Days a fit needs before it is tried on the past. */
const MIN_TRAINING_DAYS = 7;
/** Trials without which quantiles mean nothing. */
const MIN_TRIALS = 10;
/** What little history can't rule out. */
const LEAST_SPREAD = 0.1;
/** 90th percentile of the normal distribution: 80 % lie between it and its mirror. */
const NORMAL_90 = 1.2816;

/**
 * How far the remainder of a month may be from its forecast, as a ratio.
 *
 * With enough history: the method is tried on every day of the last eight weeks,
 * each time with what was known that day, and the 10th and 90th percentile of
 * actual over forecast of the days that followed are taken. As many days are
 * summed as are to be forecast, or as history allows.
 *
 * With less: normal noise of independent days with the spread seen so far, plus
 * the uncertainty of the level itself, σ·√(n + n²/N)/n for n days from N, and at
 * least ± 10 %.
 *
 * @internal
 */
export function ratioInterval(
  history: readonly DayValue[],
  daysAhead: number,
): RatioInterval {
  const ratios = pastRatios(history, daysAhead);
  const [low, high] =
    ratios.length >= MIN_TRIALS
      ? [
          quantile(ratios, (1 - CONFIDENCE) / 2),
          quantile(ratios, (1 + CONFIDENCE) / 2),
        ]
      : normalRatios(history, daysAhead);
  return { low: Math.min(1, Math.max(0, low)), high: Math.max(1, high) };
}

function pastRatios(
  history: readonly DayValue[],
  daysAhead: number,
): number[] {
  const horizon = Math.min(
    daysAhead,
    history.length - MIN_TRAINING_DAYS - (MIN_TRIALS - 1),
  );
  const ratios: number[] = [];
  if (horizon < 1) {
    return ratios;
  }
  const first = Math.max(
    MIN_TRAINING_DAYS,
    history.length - horizon - LOOK_BACK_DAYS,
  );
  for (let at = first; at + horizon <= history.length; at += 1) {
    const forecast = fitWeekdays(
      history.slice(Math.max(0, at - LOOK_BACK_DAYS), at),
    );
    let expected = 0;
    let actual = 0;
    for (const { ordinal, value } of history.slice(at, at + horizon)) {
      expected += forecast(ordinal);
      actual += value;
    }
    if (expected > 0) {
      ratios.push(actual / expected);
    }
  }
  return ratios;
}

function normalRatios(
  history: readonly DayValue[],
  daysAhead: number,
): [number, number] {
  const count = history.length;
  const mean = history.reduce((sum, { value }) => sum + value, 0) / count;
  const variance =
    history.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) /
    Math.max(1, count - 1);
  const relative = mean > 0 ? Math.sqrt(variance) / mean : 0;
  const spread = Math.max(
    LEAST_SPREAD,
    (NORMAL_90 *
      relative *
      Math.sqrt(daysAhead + daysAhead ** 2 / count)) /
      daysAhead,
  );
  return [1 - spread, 1 + spread];
}
