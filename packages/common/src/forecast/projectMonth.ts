import { addDays, monthStart, nextMonthStart } from '../time';
import { Worded } from '../wording';
import { wordForecast } from './forecastSentences';
import { Projection } from './Projection';
import { CONFIDENCE, ratioInterval } from './uncertainty';
import {
  DayForecast,
  DayValue,
  fitWeekdays,
  LOOK_BACK_DAYS,
  toOrdinal,
} from './weekdayModel';

/** What one calendar day cost so far. @public */
export interface ProjectionDay {
  /** `YYYY-MM-DD`; each day at most once. */
  day: string;
  micros: bigint;
  /** The day is over and all its hours are in. */
  complete: boolean;
}

const MIN_COMPLETE_DAYS = 3;
const MAX_STALE_DAYS = 7;
const BACKTEST_MONTHS = 3;

/**
 * What the month of `today` will cost, standing on the days so far and on as
 * much history before them as is given; four months make everything below work.
 *
 * - Complete days count as they are. Every other day of the month counts as the
 *   forecast of its weekday, but never less than it cost so far: an incomplete
 *   day is not extrapolated.
 * - The forecast is a recent level times a factor a weekday; a one-off day moves
 *   it little.
 * - `low` and `high` are an 80 % interval from how the same method did on past
 *   days (empirical quantiles of actual over forecast), with little history from
 *   the spread of the days. `low ≤ total ≤ high`, and `low` is at least what was
 *   spent this month.
 * - `backtestError` is Σ|actual − projected| / Σ actual (WAPE) over the last up to
 *   three months that are complete, projected on the same day of the month as
 *   today with what was known then.
 * - `monthEnd` is the last day of the month.
 *
 * A past day that is absent from `days` cost nothing and teaches nothing; pass a
 * gap as an incomplete day. Says `not-yet` with a reason before there are 3
 * complete days in the last eight weeks, and when the newest is over a week old.
 *
 * @public
 */
export function projectMonth(input: {
  days: ReadonlyArray<ProjectionDay>;
  today: string;
}): Projection {
  const { today } = input;
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

  const { spent, open } = splitMonth(days, today);
  const forecast = fitWeekdays(recent);
  const interval = ratioInterval(history, open.length);
  const at = (ratio: number) =>
    (spent + estimate(open, forecast, ratio)).toString();
  const backtestError = backtest(days, today);
  return {
    status: 'ok',
    total: at(1),
    low: at(interval.low),
    high: at(interval.high),
    confidence: CONFIDENCE,
    completeDays: recent.length,
    ...(backtestError !== undefined && { backtestError }),
    monthEnd: addDays(nextMonthStart(today), -1),
  };
}

function completeBefore(
  days: readonly ProjectionDay[],
  today: string,
): DayValue[] {
  return days
    .filter(({ day, complete }) => complete && day < today)
    .map(({ day, micros }) => ({
      ordinal: toOrdinal(day),
      value: Number(micros),
    }));
}

function recentOf(history: DayValue[], today: string): DayValue[] {
  const now = toOrdinal(today);
  return history.filter(({ ordinal }) => now - ordinal <= LOOK_BACK_DAYS);
}

function notYet(recent: DayValue[], today: string): Worded | undefined {
  if (recent.length < MIN_COMPLETE_DAYS) {
    const needed = MIN_COMPLETE_DAYS;
    return recent.length === 0
      ? wordForecast('noDays', { needed })
      : wordForecast('fewDays', { needed, count: recent.length });
  }
  const age = toOrdinal(today) - recent[recent.length - 1].ordinal;
  return age > MAX_STALE_DAYS
    ? wordForecast('stale', { age, most: MAX_STALE_DAYS })
    : undefined;
}

/** A day that is still to be estimated, and what it cost so far. */
interface OpenDay {
  ordinal: number;
  soFar: bigint;
}

function splitMonth(
  days: readonly ProjectionDay[],
  today: string,
): { spent: bigint; open: OpenDay[] } {
  const start = monthStart(today);
  const end = toOrdinal(nextMonthStart(today));
  const now = toOrdinal(today);
  let spent = 0n;
  const open = new Map<number, OpenDay>();
  for (let ordinal = now; ordinal < end; ordinal += 1) {
    open.set(ordinal, { ordinal, soFar: 0n });
  }
  for (const { day, micros, complete } of days) {
    if (day >= start) {
      // Today is open whatever is said of it: it is not over.
      if (complete && day < today) {
        spent += micros;
      } else {
        const ordinal = toOrdinal(day);
        open.set(ordinal, { ordinal, soFar: micros });
      }
    }
  }
  return { spent, open: [...open.values()] };
}

/** Grows with `ratio`, and is never less than what the days cost so far. */
function estimate(
  open: readonly OpenDay[],
  forecast: DayForecast,
  ratio: number,
): bigint {
  return open.reduce((sum, { ordinal, soFar }) => {
    const expected = BigInt(Math.round(forecast(ordinal) * ratio));
    return sum + (expected > soFar ? expected : soFar);
  }, 0n);
}

function backtest(
  days: readonly ProjectionDay[],
  today: string,
): number | undefined {
  const dayOfMonth = Number(today.slice(8));
  let error = 0;
  let actual = 0;
  let end = monthStart(today);
  for (let month = 0; month < BACKTEST_MONTHS; month += 1) {
    const start = monthStart(addDays(end, -1));
    const trial = projectPast(days, start, end, dayOfMonth);
    if (trial) {
      error += Math.abs(trial.actual - trial.projected);
      actual += trial.actual;
    }
    end = start;
  }
  return actual > 0 ? error / actual : undefined;
}

/** What a past month was and what would have been projected for it. */
function projectPast(
  days: readonly ProjectionDay[],
  start: string,
  end: string,
  dayOfMonth: number,
): { actual: number; projected: number } | undefined {
  const month = days.filter(
    ({ day, complete }) => complete && day >= start && day < end,
  );
  const length = toOrdinal(end) - toOrdinal(start);
  if (month.length < length) {
    return undefined;
  }
  const asOf = addDays(start, Math.min(dayOfMonth, length) - 1);
  const recent = recentOf(completeBefore(days, asOf), asOf);
  if (notYet(recent, asOf)) {
    return undefined;
  }
  const known = days.filter(({ day }) => day < asOf);
  const { spent, open } = splitMonth(known, asOf);
  return {
    actual: month.reduce((sum, { micros }) => sum + Number(micros), 0),
    projected: Number(spent + estimate(open, fitWeekdays(recent), 1)),
  };
}
