import { WEEK_AND_A_DAY } from '../appetites';

/** For how long what a day reached counts while it doesn't come back. */
export interface Memory {
  /** Times the longest absence after which it came back. */
  patience: number;
  /** Days it counts when it wasn't seen to come back through a whole week. */
  unprovenDays: number;
  /** Whether what was held for half an hour of one day counts before it came back. */
  heldOnce: boolean;
}

/** A day this close to another is as high. */
const AS_HIGH = 0.8;
/** Between the first and the last of seven days: every weekday was seen. */
const WEEK_STEPS = 6;
/** Nothing is forgotten for one quiet day. */
const LEAST_DAYS = 2;

/** Whether one level is as high as another. */
export function isAsHigh(level: number, other: number): boolean {
  return level >= AS_HIGH * other;
}

/**
 * Whether what a day reached counts for the day after a window. It does until it
 * has been away for too long, see {@link Memory}; of the newest day it always
 * does.
 *
 * @param levels - one a day, oldest first
 * @param day - in the window
 * @param to - the window's end, exclusive; days past the last level are quiet
 * @param from - the window's first day
 */
export function counts(
  levels: readonly number[],
  day: number,
  memory: Memory,
  to: number = levels.length,
  from: number = 0,
): boolean {
  const high = AS_HIGH * levels[day];
  const end = Math.min(to, levels.length);
  let first = -1;
  let last = -1;
  let longest = 0;
  for (let at = from; at < end; at++) {
    if (levels[at] >= high) {
      if (first < 0) {
        first = at;
      } else if (at - last > longest) {
        longest = at - last;
      }
      last = at;
    }
  }
  const away = to - last;
  // Later on, what it was before the window is out of sight.
  const proven =
    last - first >= WEEK_STEPS ||
    (away > WEEK_AND_A_DAY && first - from < longest);
  return (
    away <=
    (proven
      ? Math.max(LEAST_DAYS, Math.ceil(memory.patience * longest))
      : memory.unprovenDays)
  );
}

/**
 * After how many more days that don't come near it a day's level no longer
 * counts: forgotten, or out of the look-back.
 *
 * @param lookBack - days the look-back takes, at least those given
 */
export function daysUntilForgotten(
  levels: readonly number[],
  day: number,
  memory: Memory,
  lookBack: number,
): number {
  for (let days = 1; ; days++) {
    const to = levels.length + days;
    const from = Math.max(0, to - lookBack);
    if (day < from || !counts(levels, day, memory, to, from)) {
      return days;
    }
  }
}
