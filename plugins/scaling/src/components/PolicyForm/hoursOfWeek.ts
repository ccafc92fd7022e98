import {
  Weekday,
  WEEKDAYS,
  WeeklyWindow,
} from '@headroom/plugin-scaling-common';

const HOURS_A_DAY = 24;
const HOURS_A_WEEK = 7 * HOURS_A_DAY;

/**
 * Hours of the week as a query has them: `8-17,32-41`, each span with both of its
 * ends, 0 = Monday from 00:00 to 01:00.
 *
 * @returns undefined if it can't be read
 */
export function parseHours(text: string): Set<number> | undefined {
  const hours = new Set<number>();
  for (const part of text.split(',').filter(Boolean)) {
    const match = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part.trim());
    const first = Number(match?.[1] ?? NaN);
    const last = Number(match?.[2] ?? match?.[1] ?? NaN);
    if (!(first <= last && last < HOURS_A_WEEK)) {
      return undefined;
    }
    for (let hour = first; hour <= last; hour++) {
      hours.add(hour);
    }
  }
  return hours;
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** Spans of a day; hours `[from, to)` of it, where more than 24 is the next day. */
function spansOfDays(hours: ReadonlySet<number>): Array<{
  day: number;
  from: number;
  to: number;
}> {
  const spans: Array<{ day: number; from: number; to: number }> = [];
  const holds = (hour: number) => hours.has(hour % HOURS_A_WEEK);
  for (let day = 0; day < 7; day++) {
    for (let hour = 0; hour < HOURS_A_DAY; hour++) {
      const at = day * HOURS_A_DAY + hour;
      // A span belongs to the day on which it starts.
      if (holds(at) && !holds(at + HOURS_A_WEEK - 1)) {
        let to = hour;
        while (holds(day * HOURS_A_DAY + to)) {
          to++;
        }
        spans.push({ day, from: hour, to });
      }
    }
  }
  return spans;
}

/**
 * Windows that hold exactly in these hours of the week: days with the same times are
 * one window. All hours are one window of every day; none are no window.
 */
export function windowsOfHours(
  hours: ReadonlySet<number>,
): Array<Pick<WeeklyWindow, 'type' | 'days' | 'times' | 'endDay'>> {
  if (hours.size === 0) {
    return [];
  }
  if (hours.size >= HOURS_A_WEEK) {
    return [{ type: 'weekly', days: WEEKDAYS, times: { allDay: true } }];
  }
  const windows = new Map<
    string,
    Pick<WeeklyWindow, 'type' | 'times' | 'endDay'> & { days: Weekday[] }
  >();
  for (const { day, from, to } of spansOfDays(hours)) {
    const length = to - from;
    const endsOn = WEEKDAYS[(day + Math.floor(to / HOURS_A_DAY)) % 7];
    // An end that isn't after its start is on the next day by itself.
    const needsEndDay = length > HOURS_A_DAY;
    const allDay = from === 0 && to === HOURS_A_DAY;
    const end = to === HOURS_A_DAY ? '24:00' : clock(to % HOURS_A_DAY);
    const key = JSON.stringify([from, length, needsEndDay && day]);
    const window = windows.get(key);
    if (window) {
      window.days.push(WEEKDAYS[day]);
    } else {
      windows.set(key, {
        type: 'weekly',
        days: [WEEKDAYS[day]],
        times: allDay ? { allDay: true } : { start: clock(from), end },
        ...(needsEndDay && { endDay: endsOn }),
      });
    }
  }
  return [...windows.values()];
}
