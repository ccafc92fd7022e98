import {
  DayTimes,
  Schedule,
  ScheduleWindow,
  WEEKDAYS,
  Weekday,
} from '../policies/Schedule';
import { Policy } from '../policies/Policy';
import { Wish } from '../policies/Wish';

/** A policy for everything that wants nothing but what is said. */
export function makePolicy(over: Partial<Policy> = {}): Policy {
  return {
    id: 'p1',
    title: 'Office hours',
    origin: { type: 'config' },
    scope: { type: 'all' },
    mode: 'enforce',
    schedules: [],
    outside: { type: 'untouched' },
    exclusions: [],
    overrides: [],
    graceMinutes: 15,
    lead: { type: 'none' },
    twoPersons: false,
    limits: {},
    ...over,
  };
}

export function makeSchedule(
  windows: readonly ScheduleWindow[],
  over: Partial<Schedule> = {},
): Schedule {
  return {
    zone: 'Europe/Berlin',
    windows,
    exceptions: [],
    holidays: [],
    ...over,
  };
}

export function weekly(
  days: readonly Weekday[] | 'daily',
  times: DayTimes | string,
  wish: Wish = { type: 'bounds', floor: 2 },
): ScheduleWindow {
  return {
    type: 'weekly',
    days: days === 'daily' ? WEEKDAYS : days,
    times: timesOf(times),
    wish,
  };
}

export function dated(
  date: string,
  times: DayTimes | string,
  wish: Wish = { type: 'bounds', floor: 2 },
): ScheduleWindow {
  return { type: 'dated', date, times: timesOf(times), wish };
}

/** `07:00-19:00` as times. */
function timesOf(times: DayTimes | string): DayTimes {
  if (typeof times !== 'string') {
    return times;
  }
  const [start, end] = times.split('-');
  return { start, end };
}

/** Milliseconds of `2026-03-29 01:00` UTC. */
export function utc(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00Z`);
}

/** `2026-03-29 01:00` of milliseconds. */
export function utcText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}
