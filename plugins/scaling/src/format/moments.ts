import { DateTime } from 'luxon';

function inZone(at: string, timezone: string): DateTime {
  return DateTime.fromISO(at, { zone: timezone, locale: 'en-GB' });
}

/** An instant as people say it who look at the coming days: `Mon 30 Nov, 07:00 CET`. */
export function momentText(at: string, timezone: string): string {
  const moment = inZone(at, timezone);
  return moment.isValid ? moment.toFormat('ccc d LLL, HH:mm ZZZZ') : at;
}

/** From one instant to another; the day is said again only when it is another. */
export function spanText(from: string, to: string, timezone: string): string {
  const start = inZone(from, timezone);
  const end = inZone(to, timezone);
  if (!start.isValid || !end.isValid) {
    return `${from} \u2013 ${to}`;
  }
  const sameDay = start.hasSame(end, 'day');
  const sameOffset = start.offset === end.offset;
  return `${start.toFormat(
    `ccc d LLL, HH:mm${sameOffset ? '' : ' ZZZZ'}`,
  )} \u2013 ${end.toFormat(sameDay ? 'HH:mm ZZZZ' : 'ccc d LLL, HH:mm ZZZZ')}`;
}

/** A length of time: `30 s`, `45 min`, `7.5 h`, `3 d`. */
export function lengthText(ms: number): string {
  if (ms < 60_000) {
    return `${Math.round(ms / 1000)}\u202fs`;
  }
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) {
    return `${minutes}\u202fmin`;
  }
  const hours = Math.round(minutes / 6) / 10;
  return hours < 72
    ? `${hours}\u202fh`
    : `${Math.round(hours / 2.4) / 10}\u202fd`;
}
