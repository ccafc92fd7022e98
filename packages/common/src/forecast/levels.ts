import { DayValue, WEEK, weekday } from './days';

/** Days that a level stands on at least, were all weekdays that cost anything to cost the same. */
const LEAST_DAYS_OF_LEVEL = 2.5;
/** Part of the days, by what they were expected to cost, that cost nothing when cost comes and goes. */
const LEAST_OFF = 0.1;
/** Pauses between them that are over. */
const LEAST_PAUSES = 2;

/** Mean of days over the mean of their factors; from the first day that cost anything. */
export function meanLevel(
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
export function nearestLevel(
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
export function comesAndGoes(
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
