import { daysBetween } from '@headroom/common';
import {
  Figure,
  Money,
  formatMoney,
  formatMonth,
  formatShare,
  shareOf,
  toMicros,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { FigureProps } from './SpendFigure';
import { useComparisonText } from './useComparisonText';

/** Month to date; compared with the month before, else with what the month will come to. */
export function MonthFigure(props: FigureProps) {
  const { headline, report, onOrigin } = props;
  const { monthToDate, projection } = headline;
  const { t } = useCostTranslation();
  const comparisonText = useComparisonText();
  const total = toMicros(monthToDate.total);

  const comparison = () => {
    const { previous } = monthToDate;
    if (previous?.changeRatio !== undefined || previous?.total !== undefined) {
      return comparisonText(monthToDate, previous);
    }
    if (projection.status === 'ok' && toMicros(projection.total) > 0n) {
      return t('figure.shareOfProjection', {
        share: formatShare(shareOf(total, toMicros(projection.total))),
        projection: formatMoney(toMicros(projection.total), report.currency),
      });
    }
    return t('figure.daysIn', {
      count: daysBetween(monthToDate.start, monthToDate.end),
    });
  };

  return (
    <Figure
      label={t('figure.monthToDate', { month: formatMonth(monthToDate.start) })}
      value={<Money micros={total} currency={report.currency} />}
      comparison={comparison()}
      onOrigin={onOrigin}
    />
  );
}
