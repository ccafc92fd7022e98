import { Micros } from '../money/Money';
import { addDays, dayNumber, dayOfNumber, daysBetween } from '../time';
import { Worded, Wording } from '../wording';
import { ForecastMemory } from './ForecastMemory';
import { wordForecast } from './forecastSentences';
import { CONFIDENCE, ErrorInterval } from './uncertainty';
import { DayValue, weekday } from './days';
import { fitWeekdays, LOOK_BACK_DAYS, WeekdayFit } from './weekdayModel';

/** What one calendar day cost so far. @public */
export interface ProjectionDay {
  /** `YYYY-MM-DD`; each day at most once. */
  day: string;
  micros: bigint;
  /** The day is over and all its hours are in. */
  complete: boolean;
}

/** Whole calendar days; `end` is exclusive. @public */
export interface DaySpan {
  /** First day, `YYYY-MM-DD`. */
  start: string;
  /** Day after the last one, `YYYY-MM-DD`. */
  end: string;
}

/** What is spent by the end of a day as it looks today. @public */
export interface CoursePoint {
  day: string;
  total: Micros;
  low: Micros;
  high: Micros;
}

/** A period's end as it looks today, or why it can't be said. @public */
export type PeriodProjection =
  | {
      status: 'ok';
      total: Micros;
      low: Micros;
      high: Micros;
      /** Probability that the interval holds, 0 to 1. */
      confidence: number;
      /** Complete days the projection stands on. */
      completeDays: number;
      /** Mean relative error of the same method on past periods; absent without enough history. */
      backtestError?: number;
      /** Day by day from the first that is not complete; when asked for. */
      course?: CoursePoint[];
    }
  | {
      status: 'not-yet';
      reason: string;
      /** What a page words the reason from. */
      wording?: Wording;
    };

/** @public */
export interface PeriodInput {
  days: ReadonlyArray<ProjectionDay>;
  /** A day of the period. */
  today: string;
  period: DaySpan;
  /** Periods before, on which the method is tried; those with gaps are left out. */
  past: readonly DaySpan[];
  /** Whether the way to the end is wanted, too. */
  withCourse?: boolean;
  /** Of the same forecast, where it is made again and again. */
  memory?: ForecastMemory;
}

const MIN_COMPLETE_DAYS = 3;
const MAX_STALE_DAYS = 7;

/**
 * What a period will cost, standing on the days so far and on as much history
 * before them as is given; eight weeks before the period make everything below work.
 *
 * - Complete days count as they are. Every other day of the period counts as the
 *   forecast of its weekday, but never less than it cost so far: an incomplete
 *   day is not extrapolated.
 * - The forecast is a recent level times a factor a weekday; a one-off day moves
 *   it little. Of cost that comes and goes it is the mean.
 * - `low` and `high` are an 80 % interval from how the same method did on past
 *   days (empirical quantiles of its errors), with little history from
 *   the spread of the days. `low ≤ total ≤ high`, and `low` is at least what was
 *   spent in the period.
 * - `backtestError` is Σ|actual − projected| / Σ actual (WAPE) over the past periods
 *   that are complete, projected on the same day of the period as today with what
 *   was known then.
 *
 * A past day that is absent from `days` cost nothing and teaches nothing; pass a
 * gap as an incomplete day. Says `not-yet` with a reason before there are 3
 * complete days in the last eight weeks, and when the newest is over a week old.
 *
 * @public
 */
export function projectPeriod(input: PeriodInput): PeriodProjection {
  const { today, period, past, withCourse = false, memory } = input;
  const days = input.days
    .filter(({ day }) => day <= today)
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const history = completeBefore(days, today);
  const recent = recentOf(history, today);
  const reason = notYet(recent, today);
  if (reason) {
    return {
      status: 'not-yet',
      reason: reason.message,
      wording: reason.wording,
    };
  }

  const split = splitPeriod(days, today, period);
  const { spent, open } = split;
  const fit = fitWeekdays(recent);
  const interval = (memory ?? ForecastMemory.create()).interval(
    history,
    open.length,
  );
  const at = (error: number) => (spent + estimate(open, fit, error)).toString();
  const backtestError = backtest(days, today, period, past);
  return {
    status: 'ok',
    total: at(0),
    low: at(interval.low),
    high: at(interval.high),
    confidence: CONFIDENCE,
    completeDays: recent.length,
    ...(backtestError !== undefined && { backtestError }),
    ...(withCourse && { course: courseOf(split, fit, interval) }),
  };
}

function completeBefore(
  days: readonly ProjectionDay[],
  today: string,
): DayValue[] {
  return days
    .filter(({ day, complete }) => complete && day < today)
    .map(({ day, micros }) => ({
      ordinal: dayNumber(day),
      value: Number(micros),
    }));
}

function recentOf(history: DayValue[], today: string): DayValue[] {
  const now = dayNumber(today);
  return history.filter(({ ordinal }) => now - ordinal <= LOOK_BACK_DAYS);
}

function notYet(recent: DayValue[], today: string): Worded | undefined {
  if (recent.length < MIN_COMPLETE_DAYS) {
    const needed = MIN_COMPLETE_DAYS;
    return recent.length === 0
      ? wordForecast('noDays', { needed })
      : wordForecast('fewDays', { needed, count: recent.length });
  }
  const age = dayNumber(today) - recent[recent.length - 1].ordinal;
  return age > MAX_STALE_DAYS
    ? wordForecast('stale', { age, most: MAX_STALE_DAYS })
    : undefined;
}

/** A day that is still to be estimated, and what it cost so far. */
interface OpenDay {
  ordinal: number;
  soFar: bigint;
}

interface SplitPeriod {
  /** What the complete days of the period cost. */
  spent: bigint;
  closed: Array<{ ordinal: number; micros: bigint }>;
  /** In the order of days. */
  open: OpenDay[];
}

function splitPeriod(
  days: readonly ProjectionDay[],
  today: string,
  period: DaySpan,
): SplitPeriod {
  const end = dayNumber(period.end);
  const now = dayNumber(today);
  const closed: SplitPeriod['closed'] = [];
  const open = new Map<number, OpenDay>();
  for (let ordinal = now; ordinal < end; ordinal += 1) {
    open.set(ordinal, { ordinal, soFar: 0n });
  }
  for (const { day, micros, complete } of days) {
    if (day >= period.start) {
      const ordinal = dayNumber(day);
      // Today is open whatever is said of it: it is not over.
      if (complete && day < today) {
        closed.push({ ordinal, micros });
      } else {
        open.set(ordinal, { ordinal, soFar: micros });
      }
    }
  }
  return {
    spent: closed.reduce((sum, { micros }) => sum + micros, 0n),
    closed,
    open: [...open.values()].sort((a, b) => a.ordinal - b.ordinal),
  };
}

/** Grows with `error`, which is in scales of the fit, and is never less than what the days cost so far. */
function estimate(
  open: readonly OpenDay[],
  { factors, level, scale }: WeekdayFit,
  error: number,
): bigint {
  const ofDay = Math.max(0, level + error * scale);
  return open.reduce((sum, { ordinal, soFar }) => {
    const expected = BigInt(Math.round(ofDay * factors[weekday(ordinal)]));
    return sum + (expected > soFar ? expected : soFar);
  }, 0n);
}

/** What is spent by the end of each day from the first that is open. */
function courseOf(
  { closed, open }: SplitPeriod,
  fit: WeekdayFit,
  { low, high }: ErrorInterval,
): CoursePoint[] {
  const [first] = open;
  const within = [0, low, high].map(error => {
    let sum = closed
      .filter(({ ordinal }) => ordinal < first.ordinal)
      .reduce((total, { micros }) => total + micros, 0n);
    const after = new Map(closed.map(each => [each.ordinal, each.micros]));
    for (const each of open) {
      after.set(each.ordinal, estimate([each], fit, error));
    }
    return [...after.entries()]
      .filter(([ordinal]) => ordinal >= first.ordinal)
      .sort(([a], [b]) => a - b)
      .map(([ordinal, micros]) => {
        sum += micros;
        return { ordinal, sum: sum.toString() };
      });
  });
  const [totals, lows, highs] = within;
  return totals.map(({ ordinal, sum }, i) => ({
    day: dayOfNumber(ordinal),
    total: sum,
    low: lows[i].sum,
    high: highs[i].sum,
  }));
}

function backtest(
  days: readonly ProjectionDay[],
  today: string,
  period: DaySpan,
  past: readonly DaySpan[],
): number | undefined {
  const elapsed = daysBetween(period.start, today);
  let error = 0;
  let actual = 0;
  for (const span of past) {
    const trial = projectPast(days, span, elapsed);
    if (trial) {
      error += Math.abs(trial.actual - trial.projected);
      actual += trial.actual;
    }
  }
  return actual > 0 ? error / actual : undefined;
}

/** What a past period was and what would have been projected for it. */
function projectPast(
  days: readonly ProjectionDay[],
  span: DaySpan,
  elapsed: number,
): { actual: number; projected: number } | undefined {
  const within = days.filter(
    ({ day, complete }) => complete && day >= span.start && day < span.end,
  );
  const length = daysBetween(span.start, span.end);
  if (within.length < length) {
    return undefined;
  }
  const asOf = addDays(span.start, Math.min(elapsed, length - 1));
  const recent = recentOf(completeBefore(days, asOf), asOf);
  if (notYet(recent, asOf)) {
    return undefined;
  }
  const known = days.filter(({ day }) => day < asOf);
  const { spent, open } = splitPeriod(known, asOf, span);
  return {
    actual: within.reduce((sum, { micros }) => sum + Number(micros), 0),
    projected: Number(spent + estimate(open, fitWeekdays(recent), 0)),
  };
}
