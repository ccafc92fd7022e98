import { AdviceReport } from '@headroom/plugin-cost-common';
import { calendarDay, formatDayRange, formatInstant } from '@headroom/react';
import { CostTranslate } from '../../useCostTranslation';

/** The days advice stands on, and when it was computed. */
export function windowText(
  report: Pick<AdviceReport, 'window' | 'timezone' | 'computedAt'>,
  t: CostTranslate,
): string {
  const { window, timezone, computedAt } = report;
  return [
    window &&
      t('advice.facts', {
        window: formatDayRange(
          calendarDay(window.start, timezone),
          calendarDay(window.end, timezone),
        ),
        timezone,
      }),
    computedAt &&
      t('advice.computedAt', { at: formatInstant(computedAt, timezone) }),
  ]
    .filter(Boolean)
    .join(' · ');
}
