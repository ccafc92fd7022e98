/** What one complete day cost. */
export interface DayValue {
  /** As `dayNumber` counts. */
  ordinal: number;
  /** Micros, as a float: a forecast is an estimate. */
  value: number;
}

/**
 * What days are expected to cost: a level times a factor a weekday.
 *
 * @internal
 */
export interface WeekdayFit {
  /** Of the seven, see {@link weekday}; not negative, and 7 in sum. */
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

/** @internal */
export const WEEK = 7;
/** Blocks with fewer days than this say nothing about weekdays. */
const MIN_DAYS_OF_BLOCK = 4;
/** Most weight, in observations, of the belief that all weekdays cost the same. */
const MOST_PRIOR_WEIGHT = 1;
/** Days that a level stands on at least, were all weekdays that cost anything to cost the same. */
const LEAST_DAYS_OF_LEVEL = 2.5;
/** Part of the days, by what they were expected to cost, that cost nothing when cost comes and goes. */
const LEAST_OFF = 0.1;
/** Pauses between them that are over. */
const LEAST_PAUSES = 2;

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

/** A forecast is tried on dozens of past days for each of thousands of budgets: no lists are made of days. */
function weekdayFactors(
  history: readonly DayValue[],
  first: number,
  end: number,
): number[] {
  const sums = new Array<number>(WEEK).fill(0);
  const squares = new Array<number>(WEEK).fill(0);
  const counts = new Array<number>(WEEK).fill(0);
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
        const share = (value * length) / total;
        sums[day] += share;
        squares[day] += share * share;
        counts[day] += 1;
      }
    }
    blockEnd = blockStart;
    before -= WEEK;
  }
  const prior = priorWeight(sums, squares, counts);
  const drawn = sums.map((sum, day) =>
    counts[day] + prior > 0 ? (sum + prior) / (counts[day] + prior) : 1,
  );
  const total = drawn.reduce((sum, factor) => sum + Math.max(0, factor), 0);
  return drawn.map(factor => (Math.max(0, factor) * WEEK) / total);
}

/**
 * How many observations the belief that all weekdays cost the same is worth: the variance
 * of a weekday's shares over that of the weekdays' means, as empirical Bayes has it (Efron
 * and Morris 1975); no more than {@link MOST_PRIOR_WEIGHT}.
 */
function priorWeight(
  sums: readonly number[],
  squares: readonly number[],
  counts: readonly number[],
): number {
  let within = 0;
  let freedom = 0;
  let seen = 0;
  let perDay = 0;
  for (let day = 0; day < WEEK; day += 1) {
    if (counts[day] > 0) {
      within += squares[day] - sums[day] ** 2 / counts[day];
      freedom += counts[day] - 1;
      seen += 1;
      perDay += 1 / counts[day];
    }
  }
  if (freedom < WEEK || seen < 2) {
    return MOST_PRIOR_WEIGHT;
  }
  const noise = Math.max(0, within / freedom);
  let between = 0;
  for (let day = 0; day < WEEK; day += 1) {
    if (counts[day] > 0) {
      between += (sums[day] / counts[day] - 1) ** 2;
    }
  }
  const signal = between / (seen - 1) - (noise * perDay) / seen;
  return signal > 0
    ? Math.min(MOST_PRIOR_WEIGHT, noise / signal)
    : MOST_PRIOR_WEIGHT;
}

/** Mean of days over the mean of their factors; from the first day that cost anything. */
function meanLevel(
  history: readonly DayValue[],
  first: number,
  end: number,
  factors: readonly number[],
): number {
  let sum = 0;
  let weight = 0;
  for (let at = first; at < end; at += 1) {
    const { ordinal, value } = history[at];
    if (weight > 0 || value !== 0) {
      sum += value;
      weight += factors[weekday(ordinal)];
    }
  }
  return weight > 0 ? sum / weight : 0;
}

/** The level with the least absolute differences from the newest days: a weighted median. */
function nearestLevel(
  history: readonly DayValue[],
  first: number,
  end: number,
  factors: readonly number[],
): number {
  // As many days as would tell as much if all of them had the same factor (Kish 1965).
  const perWeek =
    WEEK ** 2 / factors.reduce((sum, factor) => sum + factor * factor, 0);
  const weeks = Math.ceil(LEAST_DAYS_OF_LEVEL / perWeek);
  const from = history[end - 1].ordinal - weeks * WEEK;
  const levels: Array<{ level: number; weight: number }> = [];
  let whole = 0;
  for (
    let at = end - 1;
    at >= first && (history[at].ordinal > from || end - at <= WEEK);
    at -= 1
  ) {
    const { ordinal, value } = history[at];
    const weight = factors[weekday(ordinal)];
    if (weight > 0) {
      levels.push({ level: value / weight, weight });
      whole += weight;
    }
  }
  levels.sort((a, b) => a.level - b.level);
  let below = 0;
  for (let at = 0; at < levels.length; at += 1) {
    below += levels[at].weight;
    const over = below - whole / 2;
    if (Math.abs(over) <= whole * 1e-9 && at + 1 < levels.length) {
      return (levels[at].level + levels[at + 1].level) / 2;
    }
    if (over > 0) {
      return levels[at].level;
    }
  }
  return 0;
}

/**
 * Whether there are days without cost again and again, and it is not gone for longer than
 * it ever was. Days of weekdays that never cost anything are no pause.
 */
function comesAndGoes(
  history: readonly DayValue[],
  first: number,
  end: number,
  factors: readonly number[],
): boolean {
  let weight = 0;
  let off = 0;
  let pauses = 0;
  let pause = 0;
  let longest = 0;
  for (let at = first; at < end; at += 1) {
    const { ordinal, value } = history[at];
    const factor = factors[weekday(ordinal)];
    if (weight > 0 || value !== 0) {
      weight += factor;
      if (value !== 0) {
        pauses += pause > 0 ? 1 : 0;
        longest = Math.max(longest, pause);
        pause = 0;
      } else if (factor > 0) {
        off += factor;
        pause += 1;
      }
    }
  }
  return pauses >= LEAST_PAUSES && pause <= longest && off > LEAST_OFF * weight;
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
