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
  const recent = history.filter(
    ({ ordinal }) => last - ordinal < LOOK_BACK_DAYS,
  );
  const factors = weekdayFactors(recent, last);
  const level = quantile(
    recent.slice(-WEEK).map(({ ordinal, value }) => {
      const factor = factors[weekday(ordinal)];
      return factor > 0 ? value / factor : value;
    }),
    0.5,
  );
  return ordinal => Math.max(0, level * factors[weekday(ordinal)]);
}

function weekdayFactors(recent: readonly DayValue[], last: number): number[] {
  const sums = new Array<number>(WEEK).fill(PRIOR_WEIGHT);
  const counts = new Array<number>(WEEK).fill(PRIOR_WEIGHT);
  for (const block of blocksOfAWeek(recent, last)) {
    const mean =
      block.reduce((sum, { value }) => sum + value, 0) / block.length;
    if (block.length >= MIN_DAYS_OF_BLOCK && mean > 0) {
      for (const { ordinal, value } of block) {
        sums[weekday(ordinal)] += value / mean;
        counts[weekday(ordinal)] += 1;
      }
    }
  }
  return sums.map((sum, index) => sum / counts[index]);
}

function blocksOfAWeek(
  recent: readonly DayValue[],
  last: number,
): DayValue[][] {
  const blocks = new Map<number, DayValue[]>();
  for (const entry of recent) {
    const number = Math.floor((last - entry.ordinal) / WEEK);
    const block = blocks.get(number);
    if (block) {
      block.push(entry);
    } else {
      blocks.set(number, [entry]);
    }
  }
  return [...blocks.values()];
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
