import { DayTimes, ScheduleWindow, Weekday } from '../policies/Schedule';
import { Wish } from '../policies/Wish';
import { weekdayIndex } from './localDates';

const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * When a window holds, as the annotation `headroom.io/schedule` writes it:
 * `Mon-Fri 07:00-19:00`, `Fri 20:00-Mon 06:00`, `2026-12-24 all day`,
 * `cron "0 7 * * 1-5" for 10h`.
 *
 * @public
 */
export function formatWindow(window: ScheduleWindow): string {
  switch (window.type) {
    case 'weekly': {
      const days = formatWeekdays(window.days);
      return `${days} ${formatTimes(window.times, window.endDay)}`;
    }
    case 'cron':
      return `cron "${window.cron}" for ${formatMinutes(
        window.durationMinutes,
      )}`;
    case 'dated':
    default:
      return `${formatDates(window)} ${formatTimes(window.times)}`;
  }
}

/** `2026-12-24` or `2026-12-24..2026-12-26`. @public */
export function formatDates(dates: {
  date: string;
  lastDate?: string;
}): string {
  return dates.lastDate && dates.lastDate !== dates.date
    ? `${dates.date}..${dates.lastDate}`
    : dates.date;
}

/** `Mon-Fri`, `Mon,Wed`, `daily`. */
export function formatWeekdays(days: readonly Weekday[]): string {
  const indexes = [...new Set(days.map(weekdayIndex))].sort((a, b) => a - b);
  if (indexes.length === 7) {
    return 'daily';
  }
  const runs: number[][] = [];
  for (const index of indexes) {
    const run = runs[runs.length - 1];
    if (run && run[run.length - 1] === index - 1) {
      run.push(index);
    } else {
      runs.push([index]);
    }
  }
  return runs
    .flatMap(run =>
      run.length > 2
        ? [`${NAMES[run[0]]}-${NAMES[run[run.length - 1]]}`]
        : run.map(index => NAMES[index]),
    )
    .join(',');
}

/** `07:00-19:00`, `07:00 for 90m`, `all day`, of whole days up to a Sunday `00:00-Mon 00:00`. */
export function formatTimes(times: DayTimes, endDay?: Weekday): string {
  if ('allDay' in times) {
    return endDay
      ? `00:00-${NAMES[(weekdayIndex(endDay) + 1) % NAMES.length]} 00:00`
      : 'all day';
  }
  if ('durationMinutes' in times) {
    return `${times.start} for ${formatMinutes(times.durationMinutes)}`;
  }
  const end = endDay
    ? `${NAMES[weekdayIndex(endDay)]} ${times.end}`
    : times.end;
  return `${times.start}-${end}`;
}

function formatMinutes(minutes: number): string {
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/** A wish as the annotation writes it: `min=2 max=5`, `fixed=3`, `zero`, `untouched`. @public */
export function formatWish(wish: Wish): string {
  switch (wish.type) {
    case 'bounds':
      return [
        wish.floor === undefined ? '' : `min=${wish.floor}`,
        wish.ceiling === undefined ? '' : `max=${wish.ceiling}`,
      ]
        .filter(Boolean)
        .join(' ');
    case 'fixed':
      return `fixed=${wish.replicas}`;
    default:
      return wish.type;
  }
}
