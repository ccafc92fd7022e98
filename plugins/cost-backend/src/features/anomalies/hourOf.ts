import { DateTime } from 'luxon';

/** Instants in sentences, beside days of the same zone: `2026-11-28 06:00 PST`. */
export function hourOf(timezone: string): (iso: string) => string {
  return iso =>
    DateTime.fromISO(iso, { zone: timezone, locale: 'en-US' }).toFormat(
      'yyyy-MM-dd HH:mm ZZZZ',
    );
}
