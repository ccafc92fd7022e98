import { reviewWeekEnd } from '@headroom/plugin-cost-common';
import { formatDayRange } from '@headroom/react';

/** Monday to Sunday, as people read it. */
export function weekText(week: string): string {
  return formatDayRange(week, reviewWeekEnd(week));
}
