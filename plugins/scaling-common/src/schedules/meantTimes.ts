import { DAY_MS } from '@headroom/common';
import {
  DayTimes,
  ScheduleWindow,
  Weekday,
  WeeklyWindow,
} from '../policies/Schedule';
import { cronTimes } from './cronTimes';
import {
  dayOf,
  localMsOf,
  minutesOf,
  weekdayIndex,
  weekdayOf,
} from './localDates';

const MINUTE_MS = 60_000;

/** A time that a window is meant to hold, on clocks that never change. */
export interface MeantTime {
  /** As if it were UTC. */
  localStartMs: number;
  /** Either the local time of its end, or how long it lasts. */
  localEndMs?: number;
  durationMs?: number;
}

/**
 * The times that a window is meant to start in `[fromMs, toMs)` of local time, or
 * before it while it may still last.
 */
export function* meantTimes(
  window: ScheduleWindow,
  fromMs: number,
  toMs: number,
): Generator<MeantTime> {
  switch (window.type) {
    case 'cron': {
      const durationMs = window.durationMinutes * MINUTE_MS;
      for (const localStartMs of cronTimes(
        window.cron,
        fromMs - durationMs,
        toMs,
      )) {
        yield { localStartMs, durationMs };
      }
      return;
    }
    case 'weekly':
      yield* weeklyTimes(window, fromMs, toMs);
      return;
    case 'dated':
    default:
      yield* datedTimes(window, fromMs, toMs);
  }
}

function* weeklyTimes(
  { days, times, endDay, validFrom, validUntil }: WeeklyWindow,
  fromMs: number,
  toMs: number,
): Generator<MeantTime> {
  const weekdays = new Set(days.map(weekdayIndex));
  const lookBack = 1 + lengthInDays(times, endDay);
  const first = Math.max(
    Math.floor(fromMs / DAY_MS) - lookBack,
    validFrom === undefined ? -Infinity : dayOf(validFrom) ?? -Infinity,
  );
  const last = Math.min(
    Math.floor((toMs - 1) / DAY_MS),
    validUntil === undefined ? Infinity : dayOf(validUntil) ?? Infinity,
  );
  for (let day = first; day <= last; day++) {
    if (weekdays.has(weekdayOf(day))) {
      yield timesOn(day, times, endDay);
    }
  }
}

/** The times of each date from `date` to `lastDate`. */
export function* datedTimes(
  {
    date,
    lastDate = date,
    times,
  }: { date: string; lastDate?: string; times: DayTimes },
  fromMs: number,
  toMs: number,
): Generator<MeantTime> {
  const begin = dayOf(date);
  const end = dayOf(lastDate);
  if (begin === undefined || end === undefined) {
    return;
  }
  const first = Math.max(
    Math.floor(fromMs / DAY_MS) - 1 - lengthInDays(times),
    begin,
  );
  const last = Math.min(Math.floor((toMs - 1) / DAY_MS), end);
  for (let day = first; day <= last; day++) {
    yield timesOn(day, times);
  }
}

function timesOn(day: number, times: DayTimes, endDay?: Weekday): MeantTime {
  if ('allDay' in times) {
    // Up to and with the day that it ends on.
    const more = endDay ? daysBetween(day, endDay) : 0;
    return {
      localStartMs: localMsOf(day, 0),
      localEndMs: localMsOf(day + more + 1, 0),
    };
  }
  const start = minutesOf(times.start) ?? 0;
  const localStartMs = localMsOf(day, start);
  if ('durationMinutes' in times) {
    return { localStartMs, durationMs: times.durationMinutes * MINUTE_MS };
  }
  const end = minutesOf(times.end) ?? 0;
  return {
    localStartMs,
    localEndMs: localMsOf(day + daysUntilEnd(day, start, end, endDay), end),
  };
}

/** S4: an end that isn't after the start is on the next day. */
function daysUntilEnd(
  day: number,
  start: number,
  end: number,
  endDay: Weekday | undefined,
): number {
  const days = endDay ? daysBetween(day, endDay) : 0;
  const next = endDay ? 7 : 1;
  return days === 0 && end <= start ? next : days;
}

/** From a day to the next such weekday; 0 = it is one. */
function daysBetween(day: number, weekday: Weekday): number {
  return (weekdayIndex(weekday) - weekdayOf(day) + 7) % 7;
}

function lengthInDays(times: DayTimes, endDay?: Weekday): number {
  if ('durationMinutes' in times) {
    return Math.ceil((times.durationMinutes * MINUTE_MS) / DAY_MS);
  }
  return endDay ? 7 : 1;
}
