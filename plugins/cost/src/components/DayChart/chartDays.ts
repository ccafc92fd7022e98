import { DayCost } from '@headroom/plugin-cost-common';
import { ChartDay, microsToHeight } from '@headroom/react';
import { COST_PARTS } from '../colors';
import { partMicros } from '../parts';

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
    };
  });
}
