import { HOUR_MS } from '@headroom/common';

/** A span of whole hours, milliseconds since the epoch; `end` is exclusive. @public */
export interface AllocationWindow {
  start: number;
  end: number;
}

/** What a window may be, for messages. @public */
export const WINDOW_FORMS =
  'it must be today, yesterday, week, lastweek, month, lastmonth, a duration such as 24h, 7d, 2w or 48h offset 24h, or two instants with a comma between them, both such as 2026-01-31T00:00:00Z or both in seconds since 1970';

const DAY_MS = 24 * HOUR_MS;
const UNIT_MS = { m: 60_000, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };
type Unit = keyof typeof UNIT_MS;

const DURATION = /^(\d{1,6})([mhdw])(?:\s+offset\s+(\d{1,6})([mhdw]))?$/;
const SECONDS = /^(\d{1,11})[,-](\d{1,11})$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * A window as OpenCost writes it (core/pkg/opencost/window.go). Days are those of
 * UTC and weeks start on Sunday, as there; `7d` is today and the six days before.
 * What doesn't begin or end with an hour begins or ends with the next one, so that
 * windows that touch still do.
 *
 * @returns undefined when it is none of {@link WINDOW_FORMS}, or has no whole hour.
 * @public
 */
export function parseAllocationWindow(
  text: string,
  now: Date,
): AllocationWindow | undefined {
  const said = text.trim();
  const window =
    namedWindow(said, now) ?? lastWindow(said, now.getTime()) ?? pairOf(said);
  if (!window) {
    return undefined;
  }
  const { start, end } = window;
  const whole = {
    start: forward(start, HOUR_MS),
    end: forward(end, HOUR_MS),
  };
  return whole.start < whole.end ? whole : undefined;
}

function namedWindow(name: string, now: Date): AllocationWindow | undefined {
  const year = now.getUTCFullYear();
  const month = now.getUTCMonth();
  const today = Date.UTC(year, month, now.getUTCDate());
  const tomorrow = today + DAY_MS;
  const sunday = startOfWeek(today);
  switch (name) {
    case 'today':
      return { start: today, end: tomorrow };
    case 'yesterday':
      return { start: today - DAY_MS, end: today };
    case 'week':
      return { start: sunday, end: tomorrow };
    case 'lastweek':
      return { start: sunday - UNIT_MS.w, end: sunday };
    case 'month':
      return { start: Date.UTC(year, month, 1), end: tomorrow };
    case 'lastmonth':
      return {
        start: Date.UTC(year, month - 1, 1),
        end: Date.UTC(year, month, 1),
      };
    default:
      return undefined;
  }
}

function lastWindow(text: string, now: number): AllocationWindow | undefined {
  const match = DURATION.exec(text);
  if (!match) {
    return undefined;
  }
  const [, count, unit, before = '0', beforeUnit = 'h'] = match;
  const end = now - Number(before) * UNIT_MS[beforeUnit as Unit];
  const start = end - Number(count) * UNIT_MS[unit as Unit];
  return unit === 'd' || unit === 'w'
    ? { start: forward(start, DAY_MS), end: forward(end, DAY_MS) }
    : { start, end };
}

function pairOf(text: string): AllocationWindow | undefined {
  const seconds = SECONDS.exec(text);
  if (seconds) {
    return {
      start: Number(seconds[1]) * 1000,
      end: Number(seconds[2]) * 1000,
    };
  }
  const instants = text.split(',').map(part => part.trim());
  if (instants.length !== 2 || !instants.every(part => INSTANT.test(part))) {
    return undefined;
  }
  const [start, end] = instants.map(part => Date.parse(part));
  return Number.isNaN(start) || Number.isNaN(end) ? undefined : { start, end };
}

/** Sunday, 0:00 UTC, of the week of an instant. */
export function startOfWeek(at: number): number {
  const day = Math.floor(at / DAY_MS) * DAY_MS;
  return day - new Date(day).getUTCDay() * DAY_MS;
}

/** Milliseconds of `1h`, `3d`, `1w`; undefined when it is none, or no whole hours. @public */
export function parseStep(text: string): number | undefined {
  const match = /^(\d{1,6})([mhdw])$/.exec(text.trim());
  const length = match && Number(match[1]) * UNIT_MS[match[2] as Unit];
  return length && length % HOUR_MS === 0 ? length : undefined;
}

function forward(at: number, unit: number): number {
  return Math.ceil(at / unit) * unit;
}
