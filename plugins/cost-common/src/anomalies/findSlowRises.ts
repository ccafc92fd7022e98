import { sumMicros } from '@headroom/common';
import { AnomalyDay, CostAnomaly } from './findCostAnomalies';
import { RISE_BACK_DAYS, RiseRule, WEEK, Weeks } from './Weeks';

/**
 * A cost that rose slowly. Its days and amounts are of complete days whose weekday is known
 * of the week that it began from.
 *
 * @public
 */
export interface CostRise extends Omit<CostAnomaly, 'isNew' | 'over'> {
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
  /** First day of the rise that people were told of last, while it is not over. */
  open?: string;
}

/** Days that a judgement looks at: both weeks, and what is between them. */
const LOOKED_AT = RISE_BACK_DAYS + WEEK;
/** What has not risen for so long is a new level. */
const SETTLED_DAYS = 3 * WEEK;
/** What rises for longer is usual by then. The days that say when it began are still in a history of 24 weeks. */
const MOST_DAYS = 12 * WEEK;

/**
 * Slow rises of a cost, oldest first: no day of them is odd beside the days before, and
 * yet a week costs more than the week four weeks before it by the floor (for each day) and
 * the percentage. A rise begins when each of the five weeks cost more than the one
 * before, as far as that is known, when its days are further above than they vary, when
 * that could not be said of the 27 days before, and when no day of the five weeks is spoken
 * for by something else: what jumped to another level is one anomaly and no rise. It goes
 * on while its weeks are that far above the one that it began from, until nothing rose for
 * three weeks, or for twelve weeks at most: what stays is the new level. No other begins
 * meanwhile.
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
  { spokenFor = [], open }: KnownOfSeries = {},
): CostRise[] {
  const weeks = Weeks.create(history, rule);
  const taken = takenUntil(history, spokenFor);
  const isFree = (at: number) => at - taken[at] >= LOOKED_AT;
  const found: CostRise[] = [];
  let busyUntil = -Infinity;
  let rose = -Infinity;
  for (let at = LOOKED_AT - 1; at < history.length; at += 1) {
    if (isFree(at) && weeks.beginAt(at)) {
      const isNew =
        at - rose >= RISE_BACK_DAYS && at >= LOOKED_AT + RISE_BACK_DAYS - 2;
      if (isNew && isAfter(busyUntil, at)) {
        const told = toldStart(history, open, at);
        const start =
          told !== undefined && isFree(told) && isAfter(busyUntil, told)
            ? told
            : at;
        const rise = follow({ at, start, isFree, weeks });
        found.push(riseOf(history, weeks, { ...rise, start }));
        busyUntil = rise.end ? rise.last : Infinity;
      }
      rose = at;
    } else if (!weeks.isKnown(at) && rose === at - 1) {
      // What can't be judged goes on as it was.
      rose = at;
    }
  }
  return found;
}

/** No day of a week is up to another day. */
function isAfter(day: number, week: number): boolean {
  return week - WEEK + 1 > day;
}

/** The same rise begins when it was told to, though by corrected days it would a week sooner or later. */
function toldStart(
  history: readonly AnomalyDay[],
  open: string | undefined,
  at: number,
): number | undefined {
  const first = history.findIndex(({ day }) => day === open);
  const told = first + WEEK - 1;
  return first >= RISE_BACK_DAYS &&
    told < history.length &&
    Math.abs(told - at) <= WEEK
    ? told
    : undefined;
}

interface Followed {
  /** The week that it began from. */
  base: number;
  last: number;
  end?: CostRise['end'];
}

/**
 * How long a rise goes on; a week that is not known ends nothing.
 *
 * @param rise - `at`: where it begins by what is known now; `start`: where it was told to
 */
function follow(rise: {
  at: number;
  start: number;
  isFree: (at: number) => boolean;
  weeks: Weeks;
}): Followed {
  const { at, start, isFree, weeks } = rise;
  const base = Math.min(at, start) - RISE_BACK_DAYS;
  let last = Math.max(at, start);
  let rose = last;
  for (let next = last + 1; ; next += 1) {
    if (!weeks.has(next)) {
      return { base, last };
    }
    if (!isFree(next)) {
      return { base, last, end: 'overtaken' };
    }
    if (next - start >= MOST_DAYS) {
      return { base, last, end: 'level' };
    }
    const isBeyond = weeks.isBeyond(next, base);
    if (isBeyond === false) {
      return { base, last, end: 'over' };
    }
    if (isBeyond) {
      if (weeks.isBeyond(next, next - RISE_BACK_DAYS)) {
        rose = next;
      } else if (next - rose >= SETTLED_DAYS) {
        return { base, last, end: 'level' };
      }
      last = next;
    }
  }
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
  { start, base, last, end }: Followed & { start: number },
): CostRise {
  const first = start - WEEK + 1;
  const usual = (at: number) =>
    history[base - ((((base - at) % WEEK) + WEEK) % WEEK)];
  const days = history.slice(first, last + 1).flatMap((day, i) => {
    const before = usual(first + i);
    return day.complete && before.complete
      ? [{ micros: day.micros, expected: before.micros }]
      : [];
  });
  let score = 1;
  for (let at = start; at <= last; at += 1) {
    score = Math.max(score, weeks.excess(at, base));
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
