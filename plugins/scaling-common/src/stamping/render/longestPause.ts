import { DAY_MS } from '@headroom/common';
import { cronTimes } from '../../schedules/cronTimes';

/** A leap year, so that it has every date that there is. */
const FROM = Date.UTC(2024, 0, 1);
/** Two years: what comes once a year comes twice. */
const DAYS = 731;
/** Of what runs more often, so many tell the pauses of its days and weeks. */
const MOST_RUNS = 10_000;

/**
 * The longest time between two runs of a cron expression, seconds; two years if it
 * comes at most once in them.
 *
 * Throws what {@link cronTimes} throws if it is none.
 */
export function longestPause(cron: string): number {
  const to = FROM + DAYS * DAY_MS;
  let longest = 0;
  let last: number | undefined;
  let runs = 0;
  for (const run of cronTimes(cron, FROM, to)) {
    longest = Math.max(longest, run - (last ?? run));
    last = run;
    runs += 1;
    if (runs === MOST_RUNS) {
      break;
    }
  }
  return (runs < 2 ? DAYS * DAY_MS : longest) / 1000;
}
