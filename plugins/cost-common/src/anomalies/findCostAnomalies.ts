import {
  AnomalyScore,
  AnomalyScorer,
  DAY_MS,
  ExpectedSpan,
  IncidentTracker,
  sumMicros,
} from '@headroom/common';

/** What one calendar day cost. @public */
export interface AnomalyDay {
  /** `YYYY-MM-DD`. */
  day: string;
  micros: bigint;
  /** The day is over and all its hours are in; others are not judged. */
  complete: boolean;
}

/** All of these must hold of a day, and that it is odd for its series. @public */
export interface AnomalyRule {
  /** Micros beyond what was expected of the day, at least. */
  floorMicros: bigint;
  /** The same in percent of what was expected. */
  percent: number;
  /**
   * Micros that a day may cost of what is too new to be expected anything of; absent = it
   * isn't new, only not known for long, and is not judged until it is.
   */
  newFloorMicros?: bigint;
}

/** Days somebody said would be dear; `until` is the day after the last one. @public */
export interface ExpectedDays {
  from: string;
  until: string;
}

/** Days that cost more than they should have, as one thing. @public */
export interface CostAnomaly {
  /** First and last odd day. */
  firstDay: string;
  lastDay: string;
  /** Nothing was odd for three complete days. */
  over: boolean;
  /** Complete days from first to last. */
  days: number;
  /** What these cost, and what the same weekdays cost before. */
  actual: bigint;
  expected: bigint;
  /** The oddest day's, from 1. */
  score: number;
  /** Too little was known to expect anything: it is here for the amount alone. */
  isNew: boolean;
}

/** Weeks before an incident whose weekdays say what was to be expected. */
const WEEKS = 4;
/** Days that say it when there are too few of a weekday. */
const DAYS = 14;
const LEAST_OF_WEEKDAY = 2;
/** So long an incident goes on while cost is up; what is up for longer is a new level. */
const LEVEL_DAYS = 7;

/**
 * Days that cost too much, oldest first, from a history of days in ascending order. A
 * day counts when it is complete, odd for its series (`AnomalyScorer`), and beyond
 * what was expected by the floor and the percentage. Of what is new, for two weeks, it counts
 * by an amount alone. What was expected is the median of the same weekday
 * in the four weeks before it began. An incident goes on while cost stays that far up, for
 * a week; what stays for longer is the new level, and no second incident.
 *
 * Depends on the history only: after a restatement it says what it would have said.
 *
 * @public
 */
export function findCostAnomalies(
  history: readonly AnomalyDay[],
  rule: AnomalyRule,
  expectedDays: readonly ExpectedDays[] = [],
): CostAnomaly[] {
  const scorer = AnomalyScorer.create();
  const tracker = IncidentTracker.create({ expected: spansOf(expectedDays) });
  const found: CostAnomaly[] = [];
  const known = new Map<number, bigint>();
  let start: { at: number; isNew: boolean } | undefined;
  for (const { day, micros, complete } of history) {
    const at = instantOf(day);
    const scored = scorer.push({ at, value: complete ? Number(micros) : NaN });
    const isNew = scored.status === 'warming-up';
    const expected = expectedOf(known, start?.at ?? at, at);
    const goesOn = start !== undefined && at - start.at < LEVEL_DAYS * DAY_MS;
    const isOdd =
      complete &&
      (isNew
        ? rule.newFloorMicros !== undefined && micros >= rule.newFloorMicros
        : (goesOn || isOddByScore(scored)) && isBeyond(micros, expected, rule));
    const change = tracker.push({
      ...scored,
      score: isOdd ? Math.max(1, scored.score) : 0,
      ...(complete && { status: 'scored' }),
    });
    if (change?.change === 'opened') {
      start = { at, isNew };
    }
    if (complete) {
      known.set(at, micros);
    }
    if (start && change?.change === 'closed') {
      found.push({
        ...anomalyOf(known, start, change.incident.until),
        score: change.incident.peakScore,
        over: true,
      });
      start = undefined;
    }
  }
  const { open } = tracker;
  if (start && open) {
    found.push({
      ...anomalyOf(known, start, open.until),
      score: open.peakScore,
      over: false,
    });
  }
  return found;
}

function isOddByScore({ score, direction }: AnomalyScore): boolean {
  return score >= 1 && direction === 'up';
}

function isBeyond(
  micros: bigint,
  expected: bigint = 0n,
  { floorMicros, percent }: AnomalyRule,
): boolean {
  const excess = micros - expected;
  return (
    excess >= floorMicros && Number(excess) * 100 >= percent * Number(expected)
  );
}

function anomalyOf(
  known: ReadonlyMap<number, bigint>,
  start: { at: number; isNew: boolean },
  last: number,
): Omit<CostAnomaly, 'score' | 'over'> {
  const days = [...known].filter(([at]) => at >= start.at && at <= last);
  return {
    firstDay: dayOf(start.at),
    lastDay: dayOf(last),
    days: days.length,
    actual: sumMicros(days.map(([, micros]) => micros)),
    expected: start.isNew
      ? 0n
      : sumMicros(days.map(([at]) => expectedOf(known, start.at, at) ?? 0n)),
    isNew: start.isNew,
  };
}

/** What a day was expected to cost by the days before an incident; undefined without any. */
function expectedOf(
  known: ReadonlyMap<number, bigint>,
  before: number,
  at: number,
): bigint | undefined {
  const weekday: bigint[] = [];
  const weeksAgo = Math.floor((at - before) / (7 * DAY_MS)) + 1;
  for (let week = weeksAgo; week < weeksAgo + WEEKS; week += 1) {
    const micros = known.get(at - week * 7 * DAY_MS);
    if (micros !== undefined) {
      weekday.push(micros);
    }
  }
  if (weekday.length >= LEAST_OF_WEEKDAY) {
    return medianOf(weekday);
  }
  const recent: bigint[] = [];
  for (let back = 1; back <= DAYS; back += 1) {
    const micros = known.get(before - back * DAY_MS);
    if (micros !== undefined) {
      recent.push(micros);
    }
  }
  return recent.length > 0 ? medianOf(recent) : undefined;
}

function medianOf(amounts: bigint[]): bigint {
  amounts.sort((a, b) => (a < b ? -1 : Number(a > b)));
  const middle = amounts.length >> 1;
  return amounts.length % 2
    ? amounts[middle]
    : (amounts[middle - 1] + amounts[middle]) / 2n;
}

function spansOf(days: readonly ExpectedDays[]): ExpectedSpan[] {
  return days.map(({ from, until }) => ({
    from: instantOf(from),
    until: instantOf(until),
  }));
}

function instantOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
