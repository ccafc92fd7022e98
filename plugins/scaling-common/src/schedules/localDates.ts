import { DAY_MS } from '@headroom/common';
import { WEEKDAYS, Weekday } from '../policies/Schedule';

const MINUTE_MS = 60_000;

/** Days since 1970-01-01 of a date `YYYY-MM-DD`; `undefined` if there is no such date. */
export function dayOf(date: string): number | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!found) {
    return undefined;
  }
  const ms = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  // 30 February would be read as 2 March.
  return new Date(ms).toISOString().slice(0, 10) === date
    ? ms / DAY_MS
    : undefined;
}

/** `YYYY-MM-DD` of a day since 1970-01-01. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 0 = Monday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** 0 = Monday. */
export function weekdayIndex(weekday: Weekday): number {
  return WEEKDAYS.indexOf(weekday);
}

/** Minutes since midnight of `HH:mm`; `24:00` is 1440. `undefined` = it is no time. */
export function minutesOf(time: string): number | undefined {
  const found = /^(\d{2}):(\d{2})$/.exec(time);
  if (!found) {
    return undefined;
  }
  const hours = Number(found[1]);
  const minutes = Number(found[2]);
  return (hours < 24 && minutes < 60) || time === '24:00'
    ? hours * 60 + minutes
    : undefined;
}

/** A local time as if it were UTC. */
export function localMsOf(day: number, minutes: number): number {
  return day * DAY_MS + minutes * MINUTE_MS;
}
