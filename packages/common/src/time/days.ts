import { DateTime, IANAZone } from 'luxon';
import { DAY_MS, HOUR_MS } from './durations';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

// Asking the runtime takes longer than the rest of resolving a window.
const validZones = new Set<string>();

/** True for an IANA zone this runtime knows, e.g. `Europe/Berlin` or `UTC`. @public */
export function validZone(zone: string): boolean {
  if (validZones.has(zone)) {
    return true;
  }
  const valid = IANAZone.isValidZone(zone);
  if (valid) {
    validZones.add(zone);
  }
  return valid;
}

/** True for a calendar day that exists, written `YYYY-MM-DD`. @public */
export function validDay(day: string): boolean {
  return DAY.test(day) && DateTime.fromISO(day, { zone: 'UTC' }).isValid;
}

// An ingest asks for the same few hours once a container.
const dayOfHour = new Map<string, string>();
const REMEMBERED_HOURS = 20_000;

/**
 * The calendar day, `YYYY-MM-DD`, that an instant lies in. Throws a RangeError
 * that names the value when the instant is not ISO 8601 or the zone is unknown.
 *
 * @public
 */
export function calendarDay(hourIso: string, zone: string): string {
  const key = `${zone}|${hourIso}`;
  const known = dayOfHour.get(key);
  if (known !== undefined) {
    return known;
  }
  const day = toDay(DateTime.fromISO(hourIso, { zone }), hourIso, zone);
  if (dayOfHour.size >= REMEMBERED_HOURS) {
    dayOfHour.clear();
  }
  dayOfHour.set(key, day);
  return day;
}

/** Since 1973 midnight is on a quarter of an hour everywhere: until then some zones were seconds off. */
const QUARTER_MS = 15 * 60_000;
const QUARTERS_SINCE = Date.UTC(1973, 0, 1);
// Thousands of budgets ask what day it is.
const dayOfQuarter = new Map<string, string>();

/** The calendar day an instant lies in, as {@link calendarDay}. @public */
export function calendarDayOf(instant: Date, zone: string): string {
  const ms = instant.getTime();
  const read = () =>
    toDay(DateTime.fromJSDate(instant, { zone }), String(ms), zone);
  if (!(ms >= QUARTERS_SINCE)) {
    return read();
  }
  const key = `${zone}|${Math.floor(ms / QUARTER_MS)}`;
  let day = dayOfQuarter.get(key);
  if (day === undefined) {
    day = read();
    remember(dayOfQuarter, key, day);
  }
  return day;
}

/**
 * The UTC hours of a calendar day: those that start in it. `start` is the first,
 * `end` is exclusive, both on the hour; `hours` is 23 or 25 on the days clocks
 * change. Where a zone is half an hour off, the hour across midnight belongs to
 * the day it starts in, so that days cover every hour once.
 *
 * @public
 */
export function dayBounds(
  day: string,
  zone: string,
): { start: Date; end: Date; hours: number } {
  const start = firstHour(day, zone);
  const end = firstHour(addDays(day, 1), zone);
  return {
    start: new Date(start),
    end: new Date(end),
    hours: (end - start) / HOUR_MS,
  };
}

// Thousands of budgets ask for the same few hundred days.
const numbers = new Map<string, number>();
const texts = new Map<number, string>();
const REMEMBERED_NUMBERS = 10_000;

/**
 * Days from 1970-01-01 to a calendar day. Calendar arithmetic is done in UTC, where every
 * day has 24 hours, and on numbers. Throws a RangeError that names what is no day.
 *
 * @public
 */
export function dayNumber(day: string): number {
  let number = numbers.get(day);
  if (number === undefined) {
    number = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) / DAY_MS : NaN;
    // Date.parse takes February 30th for March 2nd.
    if (Number.isNaN(number) || toText(number) !== day) {
      throw new RangeError(`"${day}" is not a calendar day (YYYY-MM-DD)`);
    }
    remember(numbers, day, number);
  }
  return number;
}

/** The calendar day of a {@link dayNumber}, `YYYY-MM-DD`. @public */
export function dayOfNumber(number: number): string {
  let day = texts.get(number);
  if (day === undefined) {
    day = toText(number);
    remember(texts, number, day);
  }
  return day;
}

function toText(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

function remember<K, V>(known: Map<K, V>, key: K, value: V): void {
  if (known.size >= REMEMBERED_NUMBERS) {
    known.clear();
  }
  known.set(key, value);
}

/** The day `n` days after `day`; before it when `n` is negative. @public */
export function addDays(day: string, n: number): string {
  return dayOfNumber(dayNumber(day) + n);
}

/** The days from `start` up to, not including, `endExclusive`. @public */
export function eachDay(start: string, endExclusive: string): string[] {
  const days: string[] = [];
  const end = dayNumber(endExclusive);
  for (let number = dayNumber(start); number < end; number++) {
    days.push(dayOfNumber(number));
  }
  return days;
}

/** Days from `start` to `end`; negative when `end` is earlier. @public */
export function daysBetween(start: string, end: string): number {
  return dayNumber(end) - dayNumber(start);
}

/** First day of the month `day` lies in. @public */
export function monthStart(day: string): string {
  dayNumber(day);
  return `${day.slice(0, 8)}01`;
}

/** First day of the month after the one `day` lies in. @public */
export function nextMonthStart(day: string): string {
  // 31 days after the first is in the next month, whatever the month.
  return monthStart(addDays(monthStart(day), 31));
}

// An export asks for the bounds of the same few days once a line.
const firstHourOfDay = new Map<string, number>();
const REMEMBERED_DAYS = 2_000;

function firstHour(day: string, zone: string): number {
  const key = `${zone}|${day}`;
  const known = firstHourOfDay.get(key);
  if (known !== undefined) {
    return known;
  }
  const hour = findFirstHour(day, zone);
  if (firstHourOfDay.size >= REMEMBERED_DAYS) {
    firstHourOfDay.clear();
  }
  firstHourOfDay.set(key, hour);
  return hour;
}

function findFirstHour(day: string, zone: string): number {
  dayNumber(day);
  const local = DateTime.fromISO(day, { zone }).startOf('day');
  toDay(local, day, zone);
  let hour = Math.ceil(local.toMillis() / HOUR_MS) * HOUR_MS;
  // Where clocks change at midnight, midnight comes twice or not at all.
  while (calendarDayOf(new Date(hour - HOUR_MS), zone) >= day) {
    hour -= HOUR_MS;
  }
  while (calendarDayOf(new Date(hour), zone) < day) {
    hour += HOUR_MS;
  }
  return hour;
}

function toDay(instant: DateTime, value: string, zone: string): string {
  if (!instant.isValid) {
    throw new RangeError(
      validZone(zone)
        ? `"${value}" is not an instant (ISO 8601)`
        : `"${zone}" is not a time zone (IANA name, e.g. Europe/Berlin)`,
    );
  }
  return instant.toFormat('yyyy-MM-dd');
}
