import { DAY_MS } from '../time';

/** What one complete day cost. */
export interface DayValue {
  /** Days since 1970-01-01. */
  ordinal: number;
  /** Micros, as a float: a forecast is an estimate. */
  value: number;
}

/** Expected micros of a day. @internal */
export type DayForecast = (ordinal: number) => number;

/** How far back a forecast looks, in days. @internal */
export const LOOK_BACK_DAYS = 56;

const WEEK = 7;
/** Blocks with fewer days than this say nothing about weekdays. */
const MIN_DAYS_OF_BLOCK = 4;
/** Weight, in observations, of the belief that all weekdays cost the same. */
const PRIOR_WEIGHT = 1;

/** Days since 1970-01-01 of a calendar day. @internal */
export function toOrdinal(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

/**
 * A level times a factor a weekday.
 *
 * - Factor: of each block of seven days, counted back from the last day, what the
 *   weekday cost over the block's mean; averaged over the blocks, drawn towards 1
 *   by one pretended observation so that a single week is not taken for a season.
 * - Level: the median of the last seven days over their factors. A one-off day
 *   does not move it, a level shift is followed within four days.
 *
 * `history` is of complete days in ascending order, at least one.
 *
 * @internal
 */
export function fitWeekdays(history: readonly DayValue[]): DayForecast {
  const last = history[history.length - 1].ordinal;
  let first = history.length - 1;
  while (first > 0 && last - history[first - 1].ordinal < LOOK_BACK_DAYS) {
    first -= 1;
  }
  const factors = weekdayFactors(history, first, last);
  const level = quantile(
    history.slice(Math.max(first, history.length - WEEK)).map(day => {
      const factor = factors[weekday(day.ordinal)];
      return factor > 0 ? day.value / factor : day.value;
    }),
    0.5,
  );
  return ordinal => Math.max(0, level * factors[weekday(ordinal)]);
}

/** A forecast is tried on dozens of past days for each of thousands of budgets: no lists are made here. */
function weekdayFactors(
  history: readonly DayValue[],
  first: number,
  last: number,
): number[] {
  const totals = new Array<number>(LOOK_BACK_DAYS / WEEK).fill(0);
  const lengths = new Array<number>(LOOK_BACK_DAYS / WEEK).fill(0);
  const blockOf = (ordinal: number) => Math.floor((last - ordinal) / WEEK);
  for (let at = first; at < history.length; at += 1) {
    const block = blockOf(history[at].ordinal);
    totals[block] += history[at].value;
    lengths[block] += 1;
  }
  const sums = new Array<number>(WEEK).fill(PRIOR_WEIGHT);
  const counts = new Array<number>(WEEK).fill(PRIOR_WEIGHT);
  for (let at = first; at < history.length; at += 1) {
    const { ordinal, value } = history[at];
    const block = blockOf(ordinal);
    const mean = totals[block] / lengths[block];
    if (lengths[block] >= MIN_DAYS_OF_BLOCK && mean > 0) {
      sums[weekday(ordinal)] += value / mean;
      counts[weekday(ordinal)] += 1;
    }
  }
  return sums.map((sum, index) => sum / counts[index]);
}

function weekday(ordinal: number): number {
  return ((ordinal % WEEK) + WEEK) % WEEK;
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
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}
