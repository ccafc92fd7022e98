/** What one complete day cost. */
export interface DayValue {
  /** As `dayNumber` counts. */
  ordinal: number;
  /** Micros, as a float: a forecast is an estimate. */
  value: number;
}

/** Expected micros of a day. @internal */
export type DayForecast = (ordinal: number) => number;

/** How far back a forecast looks, in days. @internal */
export const LOOK_BACK_DAYS = 56;

/** @internal */
export const WEEK = 7;
/** Blocks with fewer days than this say nothing about weekdays. */
const MIN_DAYS_OF_BLOCK = 4;
/** Weight, in observations, of the belief that all weekdays cost the same. */
const PRIOR_WEIGHT = 1;

/**
 * A level times a factor a weekday.
 *
 * - Factor: of each block of seven days, counted back from the last day, what the
 *   weekday cost over the block's mean; averaged over the blocks, drawn towards 1
 *   by one pretended observation so that a single week is not taken for a season.
 * - Level: the median of the last seven days over their factors. A one-off day
 *   does not move it, a level shift is followed within four days.
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
): DayForecast {
  const factors = weekdayFactors(history, first, end);
  const newest: number[] = [];
  for (let at = Math.max(first, end - WEEK); at < end; at += 1) {
    const { ordinal, value } = history[at];
    const factor = factors[weekday(ordinal)];
    newest.push(factor > 0 ? value / factor : value);
  }
  const level = quantile(newest, 0.5);
  return ordinal => Math.max(0, level * factors[weekday(ordinal)]);
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

/** A forecast is tried on dozens of past days for each of thousands of budgets: no lists are made of days. */
function weekdayFactors(
  history: readonly DayValue[],
  first: number,
  end: number,
): number[] {
  const sums = new Array<number>(WEEK).fill(PRIOR_WEIGHT);
  const counts = new Array<number>(WEEK).fill(PRIOR_WEIGHT);
  let before = history[end - 1].ordinal - WEEK;
  let blockEnd = end;
  while (blockEnd > first) {
    let blockStart = blockEnd;
    let total = 0;
    while (blockStart > first && history[blockStart - 1].ordinal > before) {
      blockStart -= 1;
      total += history[blockStart].value;
    }
    const length = blockEnd - blockStart;
    if (length >= MIN_DAYS_OF_BLOCK && total > 0) {
      for (let at = blockStart; at < blockEnd; at += 1) {
        const { ordinal, value } = history[at];
        const day = weekday(ordinal);
        sums[day] += (value * length) / total;
        counts[day] += 1;
      }
    }
    blockEnd = blockStart;
    before -= WEEK;
  }
  return sums.map((sum, index) => sum / counts[index]);
}

/** Which of the seven a day is; they are days as well. @internal */
export function weekday(ordinal: number): number {
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
  // Sorts numbers as such, and several times as fast as a comparison does.
  const sorted = Float64Array.from(values).sort();
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}
