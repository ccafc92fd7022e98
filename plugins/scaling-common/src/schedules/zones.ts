import { DAY_MS } from '@headroom/common';
import { IANAZone } from 'luxon';

const MINUTE_MS = 60_000;
/** Days of one zone that are remembered. */
const MOST_DAYS = 4_000;

/**
 * Whether there is an IANA zone of this name. Asked of `Intl` itself: lists and
 * patterns leave out `UTC`, `Etc/GMT+5` or `America/Port-au-Prince` (S3).
 *
 * @public
 */
export function isZone(name: string): boolean {
  // An offset such as `+02:00` is understood, too, and has no change of clocks.
  if (!/^[A-Za-z]/.test(name)) {
    return false;
  }
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }));
  } catch {
    return false;
  }
}

interface ZoneDays {
  zone: IANAZone;
  /** By UTC day: the offset all day long, or `undefined` on a day that has two. */
  offsets: Map<number, number | undefined>;
}

const zones = new Map<string, ZoneDays>();

/**
 * How far the clocks of a zone are ahead of UTC at an instant, in milliseconds.
 *
 * Throws a RangeError if there is no such zone.
 */
export function offsetMs(name: string, atMs: number): number {
  const { zone, offsets } = daysOf(name);
  const day = Math.floor(atMs / DAY_MS);
  if (!offsets.has(day)) {
    if (offsets.size >= MOST_DAYS) {
      offsets.clear();
    }
    const first = zone.offset(day * DAY_MS);
    const last = zone.offset((day + 1) * DAY_MS);
    offsets.set(day, first === last ? first * MINUTE_MS : undefined);
  }
  return offsets.get(day) ?? zone.offset(atMs) * MINUTE_MS;
}

function daysOf(name: string): ZoneDays {
  let days = zones.get(name);
  if (!days) {
    if (!isZone(name)) {
      throw new RangeError(`There is no time zone "${name}"`);
    }
    days = { zone: IANAZone.create(name), offsets: new Map() };
    zones.set(name, days);
  }
  return days;
}
