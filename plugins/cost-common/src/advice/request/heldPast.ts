import { RULE_MARGINS, RULE_QUANTILES } from './candidates';
import { counts, isAsHigh, Memory } from './memory';
import { HeldLevels, CpuDay } from './types';

/** What is left above what was held: more than a digest's buckets hide. */
export const HELD_MARGIN = RULE_MARGINS[0];

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

/** What the days of a past held for half an hour. */
export interface HeldPast {
  /** The most a day held; 0 where it isn't known. */
  levels: number[];
  /** The same where it stands out of its day, so that no quantile sees it; else 0. */
  peaks: number[];
  /**
   * What a day held at the hour at which it was held a week before, an hour more
   * or less; 0 = nothing, or there is no such day.
   */
  weekly: number[];
}

/** What was held and counts. */
export interface Held {
  /** In the unit of the usage; 0 = nothing. */
  level: number;
  /** The last day that held as much. */
  day: number;
  /** It came back at the same hour of the next week. */
  weekly: boolean;
}

/** Whether a peak that comes back stands as it was last, or as it was at its highest. */
export type Occurrence = 'last' | 'highest';

/** @param occurrence - `last` for a load that falls: its peaks fall with it */
export function heldPastOf(
  days: readonly CpuDay[],
  occurrence: Occurrence = 'highest',
): HeldPast {
  const levels = days.map(({ held }) => (held ? Math.max(...held.byHour) : 0));
  const weekly = days.map((day, at) => {
    const before = weekBefore(days, at);
    return before && day.held ? cameBack(before, day.held, occurrence) : 0;
  });
  const peaks = days.map(({ quantile }, day) =>
    isAsHigh(quantile(RULE_QUANTILES[0]), levels[day]) ? 0 : levels[day],
  );
  if (occurrence === 'highest') {
    return { levels, peaks, weekly };
  }
  return {
    levels,
    peaks: lastOccurrences(days, peaks, weekly),
    weekly: lastOccurrences(days, weekly, weekly),
  };
}

/**
 * The highest level of half an hour that counts: until usage has stayed away
 * from it for longer than ever before, like any other level. One that has not
 * come back after a week only counts with a memory that says so.
 *
 * @param to - how many days are seen, from the oldest on
 */
export function heldLevel(
  { levels, peaks, weekly }: HeldPast,
  memory: Memory,
  to: number = levels.length,
): Held {
  let best: Held = { level: 0, day: 0, weekly: false };
  for (let day = 0; day < to; day++) {
    const once = memory.heldOnce ? peaks[day] : 0;
    const level = Math.max(weekly[day], once);
    if (
      level > best.level &&
      counts(withLevel(levels, day, level), day, memory, to)
    ) {
      best = { level, day, weekly: weekly[day] === level };
    }
  }
  const last = levels.findLastIndex(
    (each, day) => day < to && isAsHigh(each, best.level),
  );
  return best.level > 0
    ? {
        ...best,
        day: last,
        weekly: best.weekly || isAsHigh(weekly[last], best.level),
      }
    : best;
}

/** Levels of which one day's is taken for another. */
export function withLevel(
  levels: readonly number[],
  day: number,
  level: number,
): readonly number[] {
  return levels[day] === level
    ? levels
    : levels.map((each, at) => (at === day ? level : each));
}

/** What the day a week before held, from the hour before it to the hour after it. */
function weekBefore(
  days: readonly CpuDay[],
  at: number,
): readonly number[] | undefined {
  const now = days[at].held;
  for (let back = 1; now && back <= Math.min(at, WEEK_DAYS); back++) {
    const { held } = days[at - back];
    if (held && daysApart(held, now) === WEEK_DAYS) {
      const yesterday = days[at - back - 1]?.held;
      const tomorrow = days[at - back + 1].held;
      return [
        (yesterday && daysApart(yesterday, held) === 1
          ? yesterday.byHour.at(-1)
          : undefined) ?? 0,
        ...held.byHour,
        (tomorrow && daysApart(held, tomorrow) === 1
          ? tomorrow.byHour[0]
          : undefined) ?? 0,
      ];
    }
  }
  return undefined;
}

/** Rounded, as a day on which clocks change has 23 or 25 hours. */
function daysApart(before: HeldLevels, after: HeldLevels): number {
  return Math.round((after.start - before.start) / DAY_MS);
}

/** @param before - hours of the week before, from the one before the day on */
function cameBack(
  before: readonly number[],
  now: HeldLevels,
  occurrence: Occurrence,
): number {
  let best = 0;
  for (let hour = 0; hour < now.byHour.length; hour++) {
    const then = Math.max(
      before[hour] ?? 0,
      before[hour + 1] ?? 0,
      before[hour + 2] ?? 0,
    );
    const level = now.byHour[hour];
    const same = isAsHigh(then, level) && isAsHigh(level, then);
    const both = Math.min(level, then);
    const one = occurrence === 'last' ? level : Math.max(level, then);
    best = Math.max(best, same ? one : both);
  }
  return best;
}

/** Levels without those that came back once more a week later. */
function lastOccurrences(
  days: readonly CpuDay[],
  levels: readonly number[],
  weekly: readonly number[],
): number[] {
  return levels.map((level, at) => {
    const { held } = days[at];
    const again = days.some(
      (day, later) =>
        held &&
        day.held &&
        daysApart(held, day.held) === WEEK_DAYS &&
        isAsHigh(weekly[later], level),
    );
    return again ? 0 : level;
  });
}
