/** A run a day, in the time of the cluster. */
export interface DailyRuns {
  hour: number;
  minute: number;
  /** Days of the week, 0 = Sunday. */
  weekdays: number[];
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function dayOf(text: string): number {
  const named = DAYS.indexOf(text.toLocaleLowerCase('en-US'));
  const day = named >= 0 ? named : Number(text);
  return Number.isInteger(day) && day >= 0 && day <= 7 ? day % 7 : NaN;
}

function weekdaysOf(field: string): number[] | undefined {
  if (field === '*' || field === '?') {
    return [0, 1, 2, 3, 4, 5, 6];
  }
  const days = field.split(',').flatMap(part => {
    const [from, to = from] = part.split('-').map(dayOf);
    const length = (to - from + 7) % 7;
    return Array.from({ length: length + 1 || 1 }, (_, i) => (from + i) % 7);
  });
  return days.some(Number.isNaN) ? undefined : [...new Set(days)].sort();
}

/**
 * The runs of a cron expression that runs at one time of the day; undefined for
 * any other, which the world doesn't follow.
 *
 * @param shiftHours - from the expression's zone to the cluster's own time
 */
export function dailyRuns(
  expression: string,
  shiftHours: number,
): DailyRuns | undefined {
  const [minute, hour, day, month, weekday, ...more] = expression
    .trim()
    .split(/\s+/);
  const weekdays = weekdaysOf(weekday ?? '');
  if (
    more.length > 0 ||
    !/^\d{1,2}$/.test(minute) ||
    !/^\d{1,2}$/.test(hour ?? '') ||
    day !== '*' ||
    month !== '*' ||
    !weekdays ||
    Number(minute) > 59 ||
    Number(hour) > 23
  ) {
    return undefined;
  }
  // Zones may be half an hour apart.
  const at = Number(hour) * 60 + Number(minute) + Math.round(shiftHours * 60);
  const dayShift = Math.floor(at / 1440);
  const inDay = at - dayShift * 1440;
  return {
    hour: Math.floor(inDay / 60),
    minute: inDay % 60,
    weekdays: weekdays.map(each => (each + dayShift + 7) % 7).sort(),
  };
}

/** Hours that a zone is ahead of UTC at an instant; undefined for one that isn't known. */
export function zoneOffsetHours(zone: string, at: Date): number | undefined {
  try {
    const name = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      timeZoneName: 'longOffset',
    })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value;
    const [, sign, hours, minutes = '0'] =
      /^GMT(?:([+-])(\d{2}):?(\d{2})?)?$/.exec(name ?? '') ?? [];
    const size = hours ? Number(hours) + Number(minutes) / 60 : 0;
    return sign === '-' ? -size : size;
  } catch {
    return undefined;
  }
}
