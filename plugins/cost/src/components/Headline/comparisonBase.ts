import { ReportWindow, addDays, daysBetween } from '@headroom/common';
import { Comparison } from '@headroom/plugin-cost-common';

/**
 * The days of the window before that a change is measured against: those at the
 * places of the compared days of this window.
 */
export function comparisonBase(
  window: Pick<ReportWindow, 'start'>,
  comparison: Comparison,
): { start: string; end: string } {
  const { comparedStart, comparedEnd } = comparison;
  const offset = Math.max(0, daysBetween(window.start, comparedStart));
  const days = daysBetween(comparedStart, comparedEnd);
  const start = addDays(comparison.start, offset);
  const end = addDays(start, days);
  return { start, end: end < comparison.end ? end : comparison.end };
}
