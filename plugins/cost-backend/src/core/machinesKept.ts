import { addDays } from '@headroom/common';

/**
 * What a budget of a year asks for that carries over, in the 62 days in which the year
 * before it may be corrected: two years and those, and the months that they begin in.
 */
const DAYS = 800;

/**
 * The first day, UTC, of which it is kept who had which machine: the first of a month, as
 * bills are of months.
 *
 * @param today - `YYYY-MM-DD`
 */
export function machinesKeptFrom(today: string): string {
  return `${addDays(today, -DAYS).slice(0, 7)}-01`;
}
