import { Appetite } from '../types';

/** For how long what a day reached counts while it doesn't come back. */
export interface Memory {
  /** Times the longest absence after which it came back. */
  patience: number;
  /** Days it counts when it wasn't seen to come back through a whole week. */
  unprovenDays: number;
}

/** A week, and a day for what comes late. */
const WEEK_AND_A_DAY = 8;

/** The more careful the appetite, the longer, for whatever past. */
export const MEMORIES: Readonly<Record<Appetite, Memory>> = {
  dev: { patience: 1, unprovenDays: WEEK_AND_A_DAY },
  standard: { patience: 1.5, unprovenDays: WEEK_AND_A_DAY },
  critical: { patience: 1.5, unprovenDays: Infinity },
};

/** Forgets nothing. */
export const WHOLE_LOOK_BACK: Memory = {
  patience: Infinity,
  unprovenDays: Infinity,
};

/** A day this close to another is as high. */
const AS_HIGH = 0.8;
/** Between the first and the last of seven days: every weekday was seen. */
const WEEK_STEPS = 6;
/** Nothing is forgotten for one quiet day. */
const LEAST_DAYS = 2;

/** When what a day reached was last reached, and how it came back before. */
export interface Absence {
  /** Days back to the last that was as high; 1 = the newest day was. */
  away: number;
  /** Most days from one as high to the next; 0 = it never came back. */
  longest: number;
  /** It came back over a whole week, so that `longest` can be relied on. */
  proven: boolean;
}

/** @param levels - one a day, oldest first */
export function absencesOf(levels: readonly number[]): Absence[] {
  return levels.map(level => absenceOf(level, levels));
}

function absenceOf(level: number, levels: readonly number[]): Absence {
  let first = -1;
  let last = -1;
  let longest = 0;
  for (let day = 0; day < levels.length; day++) {
    if (levels[day] >= AS_HIGH * level) {
      if (first < 0) {
        first = day;
      } else {
        longest = Math.max(longest, day - last);
      }
      last = day;
    }
  }
  return {
    away: levels.length - last,
    longest,
    proven: last - first >= WEEK_STEPS,
  };
}

/** Whether a day counts for the next one. The newest always does. */
export function counts({ away, longest, proven }: Absence, memory: Memory) {
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
  const ahead = [...levels];
  let at = day;
  for (let days = 1; ; days++) {
    ahead.push(0);
    if (ahead.length > lookBack) {
      ahead.shift();
      at--;
    }
    if (at < 0 || !counts(absenceOf(levels[day], ahead), memory)) {
      return days;
    }
  }
}
