import { sumMicros } from '@headroom/common';
import { AnomalyDay, CostAnomaly } from './findCostAnomalies';
import { RISE_BACK_DAYS, RiseRule, WEEK, Weeks } from './Weeks';

/**
 * A cost that rose slowly. Its days and amounts are of complete days whose weekday is known
 * of the week that it began from.
 *
 * @public
 */
export interface CostRise extends Omit<CostAnomaly, 'isNew' | 'end'> {
  /**
   * Why it is over; absent = it is not. `over` = it is not that far above any more,
   * `level` = it stays, `overtaken` = other days are spoken for since.
   */
  end?: 'over' | 'level' | 'overtaken';
}

/** What is known beside the history of a series. @public */
export interface KnownOfSeries {
  /** Days of other anomalies, and days that somebody expects to be dear. */
  spokenFor?: ReadonlyArray<Pick<CostAnomaly, 'firstDay' | 'lastDay'>>;
  /** First day of the rise that people were told of and that is not over. */
  open?: string;
  /** Rises that people were told of, as far back as the history goes. */
  told?: ReadonlyArray<Pick<CostAnomaly, 'firstDay' | 'lastDay'>>;
}

/** Days that a judgement looks at: both weeks, and what is between them. */
const LOOKED_AT = RISE_BACK_DAYS + WEEK;
/** What has not risen for so long is a new level. */
const SETTLED_DAYS = 3 * WEEK;
/** What rises for longer is usual by then. The days that say when it began are still in a history of 24 weeks. */
const MOST_DAYS = 12 * WEEK;
/** What began stays a rise down to this part of what made it begin: nothing ends by the noise of a day. */
const STILL_SHARE = 0.6;

/**
 * Slow rises of a cost, oldest first: no day of them is odd beside the days before, and
 * yet a week costs more than the week four weeks before it by the floor (for each day) and
 * the percentage. A rise begins when each of the five weeks cost more than the one
 * before, as far as that is known, and the last of them more by as much than each of the
 * four before them, too; when its days are further above than they vary, when that could
 * not be said of the 27 days before, and when no day of the five weeks is spoken for by
 * something else: what jumped to another level is one anomaly and no rise. It goes on while
 * its weeks are above the one that it began from by six tenths of what makes one begin,
 * until nothing rose for three weeks, or for twelve weeks at most: what stays is the new
 * level. No other begins meanwhile, nor in the four weeks after it.
 *
 * Weeks are compared by weekday, where both days are complete. What is said of a first day
 * depends on the 62 days up to its week's end alone.
 *
 * @param history - in ascending order, without gaps
 * @public
 */
export function findSlowRises(
  history: readonly AnomalyDay[],
  rule: RiseRule,
  { spokenFor = [], open, told = [] }: KnownOfSeries = {},
): CostRise[] {
  const weeks = Weeks.create(history, rule);
  const taken = takenUntil(history, spokenFor);
  const isFree = (at: number) => at - taken[at] >= LOOKED_AT;
  const openWeek = weekOf(history, open);
  const kept =
    openWeek !== undefined && isFree(openWeek) && isUp(weeks.share(openWeek))
      ? openWeek
      : undefined;
  const found: CostRise[] = [];
  let busyUntil = -Infinity;
  let rose = -Infinity;
  for (let at = LOOKED_AT - 1; at < history.length; at += 1) {
    const begins = isFree(at) && weeks.beginAt(at);
    const isNew =
      begins &&
      at - rose >= RISE_BACK_DAYS &&
      at >= LOOKED_AT + RISE_BACK_DAYS - 2 &&
      at - WEEK + 1 > busyUntil &&
      (kept === undefined || at > kept) &&
      !wasTold(history, at, told);
    if (at === kept || isNew) {
      const rise = follow(weeks, at, isFree);
      found.push(riseOf(history, weeks, { ...rise, start: at }));
      busyUntil = rise.end ? rise.last : Infinity;
    }
    // What can't be judged goes on as it was.
    if (begins || (weeks.share(at) === undefined && rose === at - 1)) {
      rose = at;
    }
  }
  return found;
}

/** A week that is so far above another is still up; one that is not known ends nothing. */
function isUp(share: number | undefined): boolean {
  return share === undefined || share >= STILL_SHARE;
}

/** The week that begins with a day, where it is known what it would be compared with. */
function weekOf(
  history: readonly AnomalyDay[],
  firstDay: string | undefined,
): number | undefined {
  const first = history.findIndex(({ day }) => day === firstDay);
  const at = first + WEEK - 1;
  return first >= RISE_BACK_DAYS && at < history.length ? at : undefined;
}

/** The days of a week are those of a rise that was told, or too near after it. */
function wasTold(
  history: readonly AnomalyDay[],
  at: number,
  told: NonNullable<KnownOfSeries['told']>,
): boolean {
  const until = history[at].day;
  const from = history[at - WEEK + 1 - RISE_BACK_DAYS].day;
  return told.some(
    ({ firstDay, lastDay }) => firstDay <= until && lastDay >= from,
  );
}

interface Followed {
  last: number;
  end?: CostRise['end'];
}

/** How long a rise that began in a week goes on. */
function follow(
  weeks: Weeks,
  start: number,
  isFree: (at: number) => boolean,
): Followed {
  let last = start;
  let rose = start;
  for (let next = start + 1; weeks.has(next); next += 1) {
    if (!isFree(next)) {
      return { last, end: 'overtaken' };
    }
    if (next - start >= MOST_DAYS) {
      return { last, end: 'level' };
    }
    const above = weeks.share(next, start - RISE_BACK_DAYS);
    if (!isUp(above)) {
      return { last, end: 'over' };
    }
    const risen = weeks.share(next);
    if (risen !== undefined && risen >= 1) {
      rose = next;
    } else if (risen !== undefined && next - rose >= SETTLED_DAYS) {
      return { last, end: 'level' };
    }
    last = above === undefined ? last : next;
  }
  return { last };
}

/** For each day the last one up to it that is spoken for, by its place. */
function takenUntil(
  history: readonly AnomalyDay[],
  spokenFor: ReadonlyArray<Pick<CostAnomaly, 'firstDay' | 'lastDay'>>,
): number[] {
  const sorted = [...spokenFor].sort((a, b) =>
    a.firstDay < b.firstDay ? -1 : 1,
  );
  let next = 0;
  let until = '';
  let last = -Infinity;
  return history.map(({ day }, at) => {
    while (next < sorted.length && sorted[next].firstDay <= day) {
      until = until > sorted[next].lastDay ? until : sorted[next].lastDay;
      next += 1;
    }
    last = day <= until ? at : last;
    return last;
  });
}

/** Complete days of a rise whose weekday is known of the week that it began from, and what they cost then. */
function riseOf(
  history: readonly AnomalyDay[],
  weeks: Weeks,
  { start, last, end }: Followed & { start: number },
): CostRise {
  const first = start - WEEK + 1;
  const base = start - RISE_BACK_DAYS;
  const days = history.slice(first, last + 1).flatMap((day, i) => {
    const before = history[first - RISE_BACK_DAYS + (i % WEEK)];
    return day.complete && before.complete
      ? [{ micros: day.micros, expected: before.micros }]
      : [];
  });
  let score = 1;
  for (let at = start; at <= last; at += 1) {
    score = Math.max(score, weeks.share(at, base) ?? 0);
  }
  return {
    firstDay: history[first].day,
    lastDay: history[last].day,
    days: days.length,
    actual: sumMicros(days.map(({ micros }) => micros)),
    expected: sumMicros(days.map(({ expected }) => expected)),
    score,
    ...(end && { end }),
  };
}
