import { AdviceReport } from '@headroom/plugin-cost-common';
import { formatDayRange, formatInstant } from '../../format';
import { CostTranslate } from '../costColumns';

/** The calendar day of an instant or of a day. */
function dayOf(text: string): string {
  return text.slice(0, 10);
}

/** The days advice stands on, and when it was computed. */
export function windowText(
  report: Pick<AdviceReport, 'window' | 'timezone' | 'computedAt'>,
  t: CostTranslate,
): string {
  const { window, timezone, computedAt } = report;
  return [
    window &&
      t('advice.facts', {
        window: formatDayRange(dayOf(window.start), dayOf(window.end)),
        timezone,
      }),
    computedAt &&
      t('advice.computedAt', { at: formatInstant(computedAt, timezone) }),
  ]
    .filter(Boolean)
    .join(' · ');
}
