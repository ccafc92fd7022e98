import { ChartDay } from './types';

/** Runs of days that satisfy a condition, as first and last day. */
export function runsOf(
  days: readonly ChartDay[],
  condition: (day: ChartDay) => boolean,
): Array<{ first: string; last: string }> {
  const runs: Array<{ first: string; last: string }> = [];
  let open = false;
  for (const day of days) {
    if (!condition(day)) {
      open = false;
    } else if (open) {
      runs[runs.length - 1].last = day.day;
    } else {
      runs.push({ first: day.day, last: day.day });
      open = true;
    }
  }
  return runs;
}
