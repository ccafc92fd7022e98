import {
  Figure,
  Money,
  formatDay,
  formatShare,
  toMicros,
  useMoneyRange,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { useCostWording } from '../../useCostWording';
import { FigureProps } from './SpendFigure';

/** Month's end as it looks today, with its interval, or why it can't be said yet. */
export function ProjectionFigure(props: FigureProps) {
  const { headline, report, onOrigin } = props;
  const { projection } = headline;
  const { t } = useCostTranslation();
  const rangeOf = useMoneyRange();
  const wordingOf = useCostWording();
  if (projection.status === 'not-yet') {
    return (
      <Figure
        label={t('figure.projection')}
        value={t('figure.notYet')}
        comparison={wordingOf({
          message: projection.reason,
          wording: projection.wording,
        })}
        onOrigin={onOrigin}
      />
    );
  }
  return (
    <Figure
      label={t('figure.projectionTo', { day: formatDay(projection.monthEnd) })}
      value={
        <Money micros={toMicros(projection.total)} currency={report.currency} />
      }
      comparison={t('figure.interval', {
        range: rangeOf(
          toMicros(projection.low),
          toMicros(projection.high),
          report.currency,
        ),
        confidence: formatShare(projection.confidence),
        count: projection.completeDays,
      })}
      onOrigin={onOrigin}
    />
  );
}
