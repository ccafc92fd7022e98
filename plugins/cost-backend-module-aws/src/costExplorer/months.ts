import { AskedMonth } from './ExplorerMemory';

/** Months that Cost Explorer has: this one and twelve before. */
const HISTORY_MONTHS = 13;
const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** An invoice is final some days after its month; what is mended later is rare. */
const SETTLED_ON = 10;
const SETTLED_HOURS = 30 * DAY_HOURS;

/** Months, `YYYY-MM`, that can be asked for, the newest first. */
export function monthsOf(now: Date): string[] {
  return Array.from({ length: HISTORY_MONTHS }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1))
      .toISOString()
      .slice(0, 7),
  );
}

/** Days of a month up to today; the end is exclusive, as Cost Explorer's is. */
export function daysOf(
  month: string,
  now: Date,
): { start: string; end: string } {
  const [year, number] = month.split('-').map(Number);
  const next = Date.UTC(year, number, 1);
  const tomorrow = Math.floor(now.getTime() / (DAY_HOURS * HOUR_MS) + 1);
  return {
    start: `${month}-01`,
    end: new Date(Math.min(next, tomorrow * DAY_HOURS * HOUR_MS))
      .toISOString()
      .slice(0, 10),
  };
}

/** Whether a month is to be asked for again: this one often, those that are settled rarely. */
export function isDue(
  month: string,
  asked: AskedMonth | undefined,
  { now, refreshHours, of }: { now: Date; refreshHours: number; of: string },
): boolean {
  if (!asked || asked.of !== of) {
    return true;
  }
  const [newest, before] = monthsOf(now);
  let hours = SETTLED_HOURS;
  if (month === newest || !asked.isRead) {
    hours = refreshHours;
  } else if (month === before && now.getUTCDate() <= SETTLED_ON) {
    hours = Math.max(refreshHours, DAY_HOURS);
  }
  // The last reading of a month is from before it was settled.
  const settles = new Date(`${month}-01T00:00:00Z`);
  settles.setUTCMonth(settles.getUTCMonth() + 1, SETTLED_ON + 1);
  const at = Date.parse(asked.at);
  if (at < settles.getTime() && now >= settles) {
    hours = Math.max(refreshHours, DAY_HOURS);
  }
  return now.getTime() - at >= hours * HOUR_MS;
}
