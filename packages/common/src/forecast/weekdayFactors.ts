import { DayValue, WEEK, weekday } from './days';

/** Blocks with fewer days than this say nothing about weekdays. */
const MIN_DAYS_OF_BLOCK = 4;
/** Most weight, in observations, of the belief that all weekdays cost the same. */
const MOST_PRIOR_WEIGHT = 1;
/**
 * What weekdays cost over the mean of their weeks; not negative, and 7 in sum. A forecast is
 * tried on dozens of past days for each of thousands of budgets: no lists are made of days.
 */
export function weekdayFactors(
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
