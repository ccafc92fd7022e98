import { sumMicros } from '@headroom/common';
import { AnomalyDay, AnomalyRule, CostAnomaly } from './findCostAnomalies';

/** A cost that rose slowly. @public */
export interface CostRise extends Omit<CostAnomaly, 'isNew' | 'over'> {
  /** Why it is over; absent = it is not. */
  end?: 'over' | 'level';
}

/** What is known beside the history of a series. @public */
export interface KnownOfSeries {
  /** Days of other anomalies, and days that somebody expects to be dear. */
  spokenFor?: ReadonlyArray<Pick<CostAnomaly, 'firstDay' | 'lastDay'>>;
  /** First day of the rise that people were told of last, while it is not over. */
  open?: string;
}

/** What the week that ends on each day cost; undefined where not all of it is known. */
type Weeks = ReadonlyArray<bigint | undefined>;

const WEEK = 7;
/** A week is compared with the one that began so many days before it. @public */
export const RISE_BACK_DAYS = 4 * WEEK;
/** Days that a judgement looks at: both weeks, and what is between them. */
const LOOKED_AT = RISE_BACK_DAYS + WEEK;
/** What has not risen for so long is a new level. */
const SETTLED_DAYS = 3 * WEEK;
/** What rises for longer is what is usual by then; all that says when it began is still in a history of 24 weeks. */
const MOST_DAYS = 12 * WEEK;
const LEAST_T = 5;

/**
 * Slow rises of a cost, oldest first: no day of them is odd beside the days before, and
 * yet a week costs more than the week four weeks before it by the floor (for each day) and
 * the percentage. A rise begins when each of the five weeks cost more than the one
 * before, when its days are further above than they vary, when that could not be said of
 * the 27 days before, and when no day of the five weeks is spoken for by something else:
 * what jumped to another level is one anomaly and no rise. It goes on while its weeks are
 * that far above the one that it began from, until nothing rose for three weeks, or for
 * twelve weeks at most: what stays is the new level.
 *
 * What is said of a first day depends on the 62 days up to its week's end alone, all of
 * which have to be complete.
 *
 * @param history - in ascending order, without gaps
 * @public
 */
export function findSlowRises(
  history: readonly AnomalyDay[],
  rule: Pick<AnomalyRule, 'floorMicros' | 'percent'>,
  { spokenFor = [], open }: KnownOfSeries = {},
): CostRise[] {
  const weeks = weeksOf(history);
  const taken = takenUntil(history, spokenFor);
  const isFree = (at: number) => at - taken[at] >= LOOKED_AT;
  const found: CostRise[] = [];
  let judged = 0;
  let rose = -Infinity;
  for (let at = 0; at < history.length; at += 1) {
    if (
      isFree(at) &&
      isBeyond(weeks[at], weeks[at - RISE_BACK_DAYS], rule) &&
      rises(weeks, at) &&
      isSteady(history, at)
    ) {
      if (judged >= RISE_BACK_DAYS - 1 && at - rose >= RISE_BACK_DAYS) {
        const start = toldStart(history, weeks, at, open);
        const { last, end } = endOf(weeks, start, isFree, rule);
        const rise = riseOf(history, weeks, { start, last }, rule);
        found.push({ ...rise, ...(end && { end }) });
      }
      rose = at;
    }
    const isJudged =
      weeks[at] !== undefined && weeks[at - RISE_BACK_DAYS] !== undefined;
    judged = isJudged ? judged + 1 : 0;
  }
  return found;
}

/** The same rise begins when it was told to, though a corrected day would say so a few days sooner or later. */
function toldStart(
  history: readonly AnomalyDay[],
  weeks: Weeks,
  at: number,
  open: string | undefined,
): number {
  const told = history.findIndex(({ day }) => day === open) + WEEK - 1;
  return told >= WEEK - 1 &&
    Math.abs(told - at) <= WEEK &&
    weeks[told] !== undefined &&
    weeks[told - RISE_BACK_DAYS] !== undefined
    ? told
    : at;
}

/** The last day that the week up to it is that far above; a week that is not known ends nothing. */
function endOf(
  weeks: Weeks,
  start: number,
  isFree: (at: number) => boolean,
  rule: Pick<AnomalyRule, 'floorMicros' | 'percent'>,
): { last: number; end?: CostRise['end'] } {
  let last = start;
  let rose = start;
  for (let at = start + 1; at < weeks.length; at += 1) {
    if (!isFree(at) || at - start >= MOST_DAYS) {
      return { last, end: 'level' };
    }
    if (weeks[at] !== undefined) {
      if (!isBeyond(weeks[at], weeks[start - RISE_BACK_DAYS], rule)) {
        return { last, end: 'over' };
      }
      if (isBeyond(weeks[at], weeks[at - RISE_BACK_DAYS], rule)) {
        rose = at;
      } else if (at - rose >= SETTLED_DAYS) {
        return { last, end: 'level' };
      }
      last = at;
    }
  }
  return { last };
}

function weeksOf(history: readonly AnomalyDay[]): Weeks {
  let sum = 0n;
  let known = 0;
  return history.map(({ micros, complete }, at) => {
    sum += micros - (at >= WEEK ? history[at - WEEK].micros : 0n);
    known = complete ? known + 1 : 0;
    return known >= WEEK ? sum : undefined;
  });
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

function isBeyond(
  now: bigint | undefined,
  then: bigint | undefined,
  { floorMicros, percent }: Pick<AnomalyRule, 'floorMicros' | 'percent'>,
): boolean {
  if (now === undefined || then === undefined) {
    return false;
  }
  const excess = now - then;
  return (
    excess >= floorMicros * BigInt(WEEK) &&
    Number(excess) * 100 >= percent * Number(then)
  );
}

function rises(weeks: Weeks, at: number): boolean {
  for (let back = 0; back < RISE_BACK_DAYS; back += WEEK) {
    const now = weeks[at - back];
    const before = weeks[at - back - WEEK];
    if (now === undefined || before === undefined || now <= before) {
      return false;
    }
  }
  return true;
}

/**
 * The days of the week are above those four weeks before by far more than these differences
 * vary: a paired t of five, which one week of noise in a thousand has.
 */
function isSteady(history: readonly AnomalyDay[], at: number): boolean {
  const changes = history
    .slice(at - WEEK + 1, at + 1)
    .map(({ micros }, i) =>
      Number(micros - history[at - WEEK + 1 - RISE_BACK_DAYS + i].micros),
    );
  const mean = changes.reduce((sum, change) => sum + change, 0) / WEEK;
  const squares = changes.reduce(
    (sum, change) => sum + (change - mean) ** 2,
    0,
  );
  return mean * mean * WEEK >= LEAST_T ** 2 * (squares / (WEEK - 1));
}

function riseOf(
  history: readonly AnomalyDay[],
  weeks: Weeks,
  { start, last }: { start: number; last: number },
  { floorMicros, percent }: Pick<AnomalyRule, 'floorMicros' | 'percent'>,
): CostRise {
  const first = start - WEEK + 1;
  const usual = history.slice(
    first - RISE_BACK_DAYS,
    first - RISE_BACK_DAYS + WEEK,
  );
  const days = history
    .slice(first, last + 1)
    .map((each, i) => ({ ...each, expected: usual[i % WEEK].micros }))
    .filter(({ complete }) => complete);
  const then = Number(weeks[start - RISE_BACK_DAYS]);
  const excess = Math.max(
    ...weeks
      .slice(start, last + 1)
      .flatMap(week => (week === undefined ? [] : [Number(week) - then])),
  );
  const limit = Math.max(Number(floorMicros) * WEEK, (percent / 100) * then);
  return {
    firstDay: history[first].day,
    lastDay: history[last].day,
    days: days.length,
    actual: sumMicros(days.map(({ micros }) => micros)),
    expected: sumMicros(days.map(({ expected }) => expected)),
    score: limit > 0 ? Math.max(1, excess / limit) : 1,
  };
}
