import {
  addDays,
  calendarDayOf,
  daysBetween,
  monthStart,
  validDay,
  validZone,
} from './days';
import { ReportWindow } from './ReportWindow';

/** The longest window a report answers for, in days. @public */
export const MAX_WINDOW_DAYS = 400;

const LAST_DAYS = { '7d': 7, '30d': 30, '90d': 90 } as const;
const PRESETS = ['7d', '30d', '90d', 'mtd', 'custom'] as const;

/**
 * What a reader asked for as a span of whole calendar days.
 *
 * `7d`, `30d` (the default) and `90d` are the last days including today, `mtd`
 * is the month so far including today, `custom` runs from `from` up to, not
 * including, `to`; dates alone mean `custom`.
 *
 * Throws a RangeError whose message names the field, the value and what would
 * be right.
 *
 * @public
 */
export function resolveWindow(
  input: { window?: string; from?: string; to?: string },
  now: Date,
  zone: string,
): ReportWindow {
  if (!validZone(zone)) {
    throw new RangeError(
      `timezone is "${zone}"; it must be an IANA zone such as Europe/Berlin`,
    );
  }
  const today = calendarDayOf(now, zone);
  const preset = resolvePreset(input);
  const span =
    preset === 'custom'
      ? customSpan(input, today)
      : { start: presetStart(preset, today), end: addDays(today, 1) };
  return {
    preset,
    ...span,
    timezone: zone,
    ...(span.start <= today && today < span.end && { partialDay: today }),
  };
}

/**
 * The span to compare a window with: the same number of days just before it.
 * For `mtd` the same days of the month before, cut off where that month ends.
 * `end` is exclusive.
 *
 * @public
 */
export function previousWindow(
  window: Pick<ReportWindow, 'preset' | 'start' | 'end'>,
): { start: string; end: string } {
  const days = daysBetween(window.start, window.end);
  if (window.preset !== 'mtd') {
    return { start: addDays(window.start, -days), end: window.start };
  }
  const start = monthStart(addDays(window.start, -1));
  const end = addDays(start, days);
  return { start, end: end < window.start ? end : window.start };
}

function resolvePreset(input: {
  window?: string;
  from?: string;
  to?: string;
}): ReportWindow['preset'] {
  const dated = input.from !== undefined || input.to !== undefined;
  const asked = input.window ?? (dated ? 'custom' : '30d');
  const preset = PRESETS.find(known => known === asked);
  if (!preset) {
    throw new RangeError(
      `window is "${asked}"; it must be one of ${PRESETS.join(', ')}`,
    );
  }
  if (dated && preset !== 'custom') {
    throw new RangeError(
      `window is "${preset}" and dates are given; leave out from and to, or make window custom`,
    );
  }
  return preset;
}

function presetStart(
  preset: Exclude<ReportWindow['preset'], 'custom'>,
  today: string,
): string {
  return preset === 'mtd'
    ? monthStart(today)
    : addDays(today, 1 - LAST_DAYS[preset]);
}

function customSpan(
  input: { from?: string; to?: string },
  today: string,
): { start: string; end: string } {
  const start = requireDay('from', input.from);
  const end = requireDay('to', input.to);
  if (end <= start) {
    throw new RangeError(
      `to is "${end}" and from is "${start}"; to is exclusive and must be a later day than from`,
    );
  }
  if (start > today) {
    throw new RangeError(
      `from is "${start}", which is in the future; it must be ${today} or earlier`,
    );
  }
  const tomorrow = addDays(today, 1);
  if (end > tomorrow) {
    throw new RangeError(
      `to is "${end}", which is in the future; it must be ${tomorrow} or earlier`,
    );
  }
  const days = daysBetween(start, end);
  if (days > MAX_WINDOW_DAYS) {
    throw new RangeError(
      `from "${start}" to "${end}" is ${days} days; a window has at most ${MAX_WINDOW_DAYS} days`,
    );
  }
  return { start, end };
}

function requireDay(field: 'from' | 'to', value: string | undefined): string {
  if (value === undefined) {
    throw new RangeError(
      `${field} is missing; a custom window needs from and to, each a day such as 2026-01-31`,
    );
  }
  if (!validDay(value)) {
    throw new RangeError(
      `${field} is "${value}"; it must be a day that exists, such as 2026-01-31`,
    );
  }
  return value;
}
