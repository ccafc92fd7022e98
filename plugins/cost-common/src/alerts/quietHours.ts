import { DateTime } from 'luxon';
import { AlertSeverity } from './costAlert';

/** Times of day in which nobody is told. @public */
export interface QuietHours {
  /** `HH:mm`; absent with `to` = only weekends are quiet. */
  from?: string;
  /** The first minute that isn't quiet; before `from` = of the next day. */
  to?: string;
  /** Saturdays and Sundays are quiet as a whole. */
  weekends: boolean;
  /** What is told all the same; absent = nothing. */
  letThrough?: AlertSeverity;
}

/** By the clock on the wall of a zone, whatever it does in spring and autumn. @public */
export function isQuiet(
  { from, to, weekends }: QuietHours,
  zone: string,
  at: Date,
): boolean {
  const local = DateTime.fromJSDate(at, { zone });
  if (weekends && local.weekday >= 6) {
    return true;
  }
  if (from === undefined || to === undefined) {
    return false;
  }
  const time = local.toFormat('HH:mm');
  return from < to ? time >= from && time < to : time >= from || time < to;
}

/** The first instant from `at` on that is not quiet; never, where all are = undefined. @public */
export function quietUntil(
  quiet: QuietHours,
  zone: string,
  at: Date,
): Date | undefined {
  let next = at;
  // Nights and days of weekends in turn, and a change of clocks between.
  for (let step = 0; step < 12 && isQuiet(quiet, zone, next); step += 1) {
    const local = DateTime.fromJSDate(next, { zone });
    const ends = [local.plus({ days: 1 }).startOf('day').toJSDate()];
    if (quiet.to !== undefined) {
      ends.push(nextTime(quiet.to, zone, next));
    }
    next = ends.sort((a, b) => a.getTime() - b.getTime())[0];
  }
  return isQuiet(quiet, zone, next) ? undefined : next;
}

/** The first instant after `after` at which a clock in the zone shows a time, `HH:mm`; one that is skipped is shown late. @public */
export function nextTime(time: string, zone: string, after: Date): Date {
  const [hour, minute] = time.split(':').map(Number);
  const local = DateTime.fromJSDate(after, { zone });
  for (let days = 0; ; days += 1) {
    const { year, month, day } = local.plus({ days });
    const then = DateTime.fromObject(
      { year, month, day, hour, minute },
      { zone },
    );
    if (then.toMillis() > after.getTime()) {
      return then.toJSDate();
    }
  }
}
