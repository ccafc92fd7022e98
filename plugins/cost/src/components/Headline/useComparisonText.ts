import { Comparison } from '@headroom/plugin-cost-common';
import {
  formatChange,
  formatDayRange,
  toMicros,
  yearOf,
} from '@headroom/react';
import { CostTranslate, useCostTranslation } from '../../useCostTranslation';
import { comparisonBase } from './comparisonBase';

/**
 * A change in words with its base, "+12 % against 1–21 October", or why there
 * is none. A change can be known of a window before that lacks days and so has
 * no total.
 */
export function comparisonText(
  window: { start: string; end: string },
  comparison: Comparison | undefined,
  t: CostTranslate,
): string {
  if (
    !comparison ||
    (comparison.changeRatio === undefined && comparison.total === undefined)
  ) {
    return t('comparison.noData');
  }
  const days = comparisonBase(window, comparison);
  const base = formatDayRange(days.start, days.end, yearOf(window.end));
  if (comparison.changeRatio !== undefined) {
    return t('comparison.against', {
      change: formatChange(comparison.changeRatio),
      base,
    });
  }
  return comparison.total !== undefined && toMicros(comparison.total) === 0n
    ? t('comparison.nothingBefore', { base })
    : t('comparison.unknown', { base });
}

/** {@link comparisonText} in the reader's language. */
export function useComparisonText() {
  const { t } = useCostTranslation();
  return (
    window: { start: string; end: string },
    comparison: Comparison | undefined,
  ): string => comparisonText(window, comparison, t);
}
