import { DAY_MS, HOUR_MS } from '@headroom/common';
import { cronTimes, readCron } from '../../schedules/cronTimes';
import { offsetMs } from '../../schedules/zones';

/** A year without leap day, from a Thursday on; rules have no clock. */
const FROM_MS = Date.UTC(2026, 0, 1);
const TO_MS = FROM_MS + 400 * DAY_MS;
/** Enough to see every weekday many times. */
const MOST_TIMES = 400;

/** Times on a clock that never changes, in milliseconds. */
export interface CronWindow {
  starts: readonly number[];
  ends: readonly number[];
  /** From the first starts to the next end of each. */
  lengths: readonly number[];
}

/** @throws what the reader of cron expressions throws */
export function cronWindow(start: string, end: string): CronWindow {
  const starts = firstTimes(start);
  const ends = firstTimes(end);
  const last = ends[ends.length - 1] ?? -Infinity;
  const lengths: number[] = [];
  let index = 0;
  for (const at of starts) {
    while (index < ends.length && ends[index] <= at) {
      index += 1;
    }
    if (index < ends.length && at < last) {
      lengths.push(ends[index] - at);
    }
  }
  return { starts, ends, lengths };
}

function firstTimes(expression: string): number[] {
  const times: number[] = [];
  for (const at of cronTimes(expression, FROM_MS, TO_MS)) {
    times.push(at);
    if (times.length === MOST_TIMES) {
      break;
    }
  }
  return times;
}

/** Why an expression can't be read; undefined when it can. */
export function cronProblem(expression: string): string | undefined {
  try {
    readCron(expression);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const changes = new Map<string, ReadonlyArray<readonly [number, number]>>();
/** Zones that are remembered. */
const MOST_ZONES = 600;

/** Local times that come twice or never, of three years. */
function changedHours(zone: string): ReadonlyArray<readonly [number, number]> {
  let found = changes.get(zone);
  if (!found) {
    const hours: Array<readonly [number, number]> = [];
    for (let day = FROM_MS; day < FROM_MS + 3 * 366 * DAY_MS; day += DAY_MS) {
      const before = offsetMs(zone, day);
      const after = offsetMs(zone, day + DAY_MS);
      if (before !== after) {
        let low = day;
        let high = day + DAY_MS;
        while (high - low > 60_000) {
          const middle = Math.floor((low + high) / 2 / 60_000) * 60_000;
          if (offsetMs(zone, middle) === before) {
            low = middle;
          } else {
            high = middle;
          }
        }
        hours.push([
          high + Math.min(before, after),
          high + Math.max(before, after),
        ]);
      }
    }
    if (changes.size >= MOST_ZONES) {
      changes.clear();
    }
    found = hours;
    changes.set(zone, hours);
  }
  return found;
}

/** The hours, as `02:00` and `03:00`, in which an expression names a time that comes twice or never. */
export function changedHourOf(
  expression: string,
  zone: string,
): { from: string; to: string } | undefined {
  for (const [from, to] of changedHours(zone)) {
    for (const at of cronTimes(expression, from, to)) {
      return at === undefined ? undefined : { from: time(from), to: time(to) };
    }
  }
  return undefined;
}

function time(ms: number): string {
  return new Date(ms).toISOString().slice(11, 16);
}

export function hoursOf(ms: number): number {
  return Math.round((ms / HOUR_MS) * 10) / 10;
}
