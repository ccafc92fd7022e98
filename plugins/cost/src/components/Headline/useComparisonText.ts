import { Comparison } from '@headroom/plugin-cost-common';
import { formatChange, formatDayRange, toMicros, yearOf } from '../../format';
import { useCostTranslation } from '../../useCostTranslation';
import { comparisonBase } from './comparisonBase';

/** A change in words with its base, "+12 % against 1–21 October", or why there is none. */
export function useComparisonText() {
  const { t } = useCostTranslation();
  return (
    window: { start: string; end: string },
    comparison: Comparison | undefined,
  ): string => {
    if (!comparison || comparison.total === undefined) {
      return t('comparison.noData');
    }
    const base = comparisonBase(window, comparison);
    const days = formatDayRange(base.start, base.end, yearOf(window.end));
    if (comparison.changeRatio !== undefined) {
      return t('comparison.against', {
        change: formatChange(comparison.changeRatio),
        base: days,
      });
    }
    return toMicros(comparison.total) === 0n
      ? t('comparison.nothingBefore', { base: days })
      : t('comparison.unknown', { base: days });
  };
}
