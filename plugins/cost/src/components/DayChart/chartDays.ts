import { DayCost } from '@headroom/plugin-cost-common';
import { microsToHeight } from '@headroom/react';
import { COST_PARTS, CostPart } from '../colors';
import { partMicros } from '../parts';

/** A day as the chart draws it. Heights are for drawing only; words and tables use the exact amounts. */
export interface ChartDay {
  day: string;
  /** No source could answer for any hour: nothing is drawn, not even a zero. */
  gap: boolean;
  /** Not over yet, or hours are missing: drawn hatched. */
  partial: boolean;
  heights: Partial<Record<CostPart, number>>;
  source: DayCost;
}

/** Whether nothing of the day is known: no hour of it is in, or none of a day that has just begun. */
export function isGap(day: DayCost): boolean {
  const missing = day.missingHours ?? 0;
  return (
    missing > 0 &&
    (missing >= day.hours || (Boolean(day.partial) && day.total === '0'))
  );
}

/** Days of a report as the chart draws them. */
export function chartDays(days: readonly DayCost[]): ChartDay[] {
  return days.map(source => {
    const gap = isGap(source);
    return {
      day: source.day,
      gap,
      partial: !gap && Boolean(source.partial || source.missingHours),
      heights: gap
        ? {}
        : Object.fromEntries(
            COST_PARTS.map(part => [
              part,
              microsToHeight(partMicros(source, part)),
            ]),
          ),
      source,
    };
  });
}

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
