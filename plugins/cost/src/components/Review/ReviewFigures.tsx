import { addDays } from '@headroom/common';
import { Review } from '@headroom/plugin-cost-common';
import {
  Figure,
  FigureGrid,
  formatChange,
  formatDay,
  formatDayRange,
  formatMoney,
  formatMoneyChange,
  formatMonth,
  formatShare,
  Money,
  toMicros,
  useMoneyRange,
} from '@headroom/react';
import {
  useReviewTranslation,
  useReviewWording,
} from '../../useReviewTranslation';

/** The number of the week, of the month, and what is left on the table. */
export function ReviewFigures({ review }: { review: Review }) {
  const { advice, currency, end, pace, week } = review;
  const { month } = pace;
  const { t } = useReviewTranslation();
  return (
    <FigureGrid>
      <Figure
        label={t('figure.spend', { window: formatDayRange(week, end) })}
        value={<Money micros={toMicros(pace.spend)} currency={currency} />}
        comparison={<Against pace={pace} currency={currency} />}
      />
      <Figure
        label={t('figure.toDate')}
        value={<Money micros={toMicros(month.toDate)} currency={currency} />}
        comparison={[
          t('figure.toDateBase', { window: formatDayRange(month.start, end) }),
          ...(month.incompleteDays > 0
            ? [t('figure.incomplete', { count: month.incompleteDays })]
            : []),
        ].join('. ')}
      />
      <ForecastFigure review={review} />
      <Figure
        label={t('figure.left')}
        value={
          advice ? (
            <Money micros={toMicros(advice.perMonth)} currency={currency} />
          ) : (
            t('figure.unknown')
          )
        }
        comparison={
          advice
            ? t('figure.leftBase', { count: advice.services })
            : t('figure.leftUnknown')
        }
      />
    </FigureGrid>
  );
}

function Against(props: { pace: Review['pace']; currency: string }) {
  const { pace, currency } = props;
  const { before, change, changeRatio } = pace;
  const { t } = useReviewTranslation();
  if (before === undefined || change === undefined) {
    return <>{t('figure.noBefore')}</>;
  }
  const params = {
    change: formatMoneyChange(toMicros(change), currency),
    before: formatMoney(toMicros(before), currency),
  };
  return (
    <>
      {changeRatio === undefined
        ? t('figure.againstOnly', params)
        : t('figure.against', { ...params, ratio: formatChange(changeRatio) })}
    </>
  );
}

function ForecastFigure({ review }: { review: Review }) {
  const { currency, end, pace } = review;
  const { start, projection } = pace.month;
  const { t } = useReviewTranslation();
  const rangeOf = useMoneyRange();
  const wordingOf = useReviewWording();
  const label = t('figure.forecast', { month: formatMonth(start) });
  if (!projection) {
    return (
      <Figure
        label={label}
        value={
          <Money micros={toMicros(pace.month.toDate)} currency={currency} />
        }
        comparison={t('figure.over')}
      />
    );
  }
  if (projection.status === 'not-yet') {
    return (
      <Figure
        label={label}
        value={t('figure.notYet')}
        comparison={wordingOf({
          message: projection.reason,
          wording: projection.wording,
        })}
      />
    );
  }
  return (
    <Figure
      label={label}
      value={<Money micros={toMicros(projection.total)} currency={currency} />}
      comparison={t('figure.forecastBase', {
        range: rangeOf(
          toMicros(projection.low),
          toMicros(projection.high),
          currency,
        ),
        confidence: formatShare(projection.confidence),
        day: formatDay(addDays(end, -1)),
      })}
    />
  );
}
