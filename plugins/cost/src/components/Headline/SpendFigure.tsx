import { Headline, ReportBase } from '@headroom/plugin-cost-common';
import {
  Figure,
  Money,
  formatDayRange,
  toMicros,
  yearOf,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { useComparisonText } from './useComparisonText';

/** What every figure of a headline is made from. */
export interface FigureProps {
  headline: Headline;
  report: Pick<ReportBase, 'window' | 'currency'>;
  onOrigin?: () => void;
}

/** Spend in the window. */
export function SpendFigure(props: FigureProps) {
  const { headline, report, onOrigin } = props;
  const { t } = useCostTranslation();
  const comparisonText = useComparisonText();
  const { window } = report;
  return (
    <Figure
      label={t('figure.spend', {
        window: formatDayRange(
          window.start,
          window.end,
          yearOf(window.end),
          'short',
        ),
      })}
      value={
        <Money micros={toMicros(headline.total)} currency={report.currency} />
      }
      comparison={comparisonText(window, headline.previous)}
      onOrigin={onOrigin}
    />
  );
}
