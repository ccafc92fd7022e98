import { sumMicros } from '@headroom/common';
import { AnomalyDay, AnomalyRule, CostAnomaly } from './findCostAnomalies';

/** What the week that ends on each day cost; undefined where not all of it is known. */
type Weeks = ReadonlyArray<bigint | undefined>;

const WEEK = 7;
/** A week is compared with the one that began so many days before it. */
const BACK = 4 * WEEK;
/** Days that a judgement looks at: both weeks, and what is between them. */
const LOOKED_AT = BACK + WEEK;
/** So long a rise goes on while cost is up; what is up for longer is a new level. */
const MOST_DAYS = 3 * WEEK;
const LEAST_T = 5;

/**
 * Slow rises of a cost, oldest first: no day of them is odd beside the days before, and
 * yet a week costs more than the week four weeks before it by the floor (for each day) and
 * the percentage. A rise is told when each of the five weeks cost more than the one
 * before, when its days are further above than they vary, when that could not be said of the 27 days before, and when no day of the five
 * weeks is spoken for by something else: what jumped to another level is one anomaly and
 * no rise. It goes on while the last week is that far above the first one, for at most
 * three weeks: what stays for longer is the new level.
 *
 * What is said of a day depends on the 62 days up to it alone, all of which have to be
 * complete.
 *
 * @param history - in ascending order, without gaps
 * @param spokenFor - days of other anomalies, and days that somebody expects to be dear
 * @public
 */
export function findCostRamps(
  history: readonly AnomalyDay[],
  rule: AnomalyRule,
  spokenFor: ReadonlyArray<Pick<CostAnomaly, 'firstDay' | 'lastDay'>> = [],
): CostAnomaly[] {
  const weeks = weeksOf(history);
  const taken = takenUntil(history, spokenFor);
  const isFree = (at: number) => at - taken[at] >= LOOKED_AT;
  const found: CostAnomaly[] = [];
  let judged = 0;
  let rose = -Infinity;
  for (let at = 0; at < history.length; at += 1) {
    if (
      isFree(at) &&
      isBeyond(weeks[at], weeks[at - BACK], rule) &&
      rises(weeks, at) &&
      isSteady(history, at)
    ) {
      if (judged >= BACK - 1 && at - rose >= BACK) {
        const { last, over } = endOf(weeks, at, isFree, rule);
        found.push({ ...rampOf(history, weeks, { at, last }, rule), over });
      }
      rose = at;
    }
    const isJudged = weeks[at] !== undefined && weeks[at - BACK] !== undefined;
    judged = isJudged ? judged + 1 : 0;
  }
  return found;
}

/** The last day that the week up to it is that far above; a week that is not known ends nothing. */
function endOf(
  weeks: Weeks,
  start: number,
  isFree: (at: number) => boolean,
  rule: AnomalyRule,
): { last: number; over: boolean } {
  let last = start;
  for (let at = start + 1; at < weeks.length; at += 1) {
    if (at >= start + MOST_DAYS || !isFree(at)) {
      return { last, over: true };
    }
    if (weeks[at] !== undefined) {
      if (!isBeyond(weeks[at], weeks[start - BACK], rule)) {
        return { last, over: true };
      }
      last = at;
    }
  }
  return { last, over: false };
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
  { floorMicros, percent }: AnomalyRule,
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
  for (let back = 0; back < BACK; back += WEEK) {
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
      Number(micros - history[at - WEEK + 1 - BACK + i].micros),
    );
  const mean = changes.reduce((sum, change) => sum + change, 0) / WEEK;
  const squares = changes.reduce(
    (sum, change) => sum + (change - mean) ** 2,
    0,
  );
  return mean * mean * WEEK >= LEAST_T ** 2 * (squares / (WEEK - 1));
}

function rampOf(
  history: readonly AnomalyDay[],
  weeks: Weeks,
  { at, last }: { at: number; last: number },
  { floorMicros, percent }: AnomalyRule,
): Omit<CostAnomaly, 'over'> {
  const first = at - WEEK + 1;
  const usual = history.slice(first - BACK, first - BACK + WEEK);
  const days = history
    .slice(first, last + 1)
    .map((each, i) => ({ ...each, expected: usual[i % WEEK].micros }))
    .filter(({ complete }) => complete);
  const then = Number(weeks[at - BACK]);
  const excess = Math.max(
    ...weeks
      .slice(at, last + 1)
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
    isNew: false,
  };
}
