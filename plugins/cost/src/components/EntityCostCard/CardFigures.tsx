import Typography from '@material-ui/core/Typography';
import { ServiceCostReport } from '@headroom/plugin-cost-common';
import {
  Money,
  formatDayRange,
  formatMoney,
  formatMonth,
  formatShare,
  toMicros,
  useMoneyRange,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { useCostWording } from '../../useCostWording';
import { useComparisonText } from '../Headline';
import { Sparkline } from './Sparkline';

/** Month to date, where the month is heading, and the last days. */
export function CardFigures(props: { report: ServiceCostReport }) {
  const { report } = props;
  const { headline, currency, window } = report;
  const { monthToDate, projection } = headline;
  const { t } = useCostTranslation();
  const rangeOf = useMoneyRange();
  const wordingOf = useCostWording();
  const comparisonText = useComparisonText();
  const comparison = comparisonText(window, headline.previous);
  return (
    <>
      <Typography variant="body2" color="textSecondary">
        {t('figure.monthToDate', { month: formatMonth(monthToDate.start) })}
      </Typography>
      <Typography variant="h4" component="div">
        <Money micros={toMicros(monthToDate.total)} currency={currency} />
      </Typography>
      <Typography variant="body2" gutterBottom>
        {projection.status === 'ok'
          ? t('card.projection', {
              total: formatMoney(toMicros(projection.total), currency),
              range: rangeOf(
                toMicros(projection.low),
                toMicros(projection.high),
                currency,
              ),
              confidence: formatShare(projection.confidence),
            })
          : wordingOf({
              message: projection.reason,
              wording: projection.wording,
            })}
      </Typography>
      <Sparkline
        days={report.days}
        label={t('card.sparkline', {
          window: formatDayRange(window.start, window.end),
          total: formatMoney(toMicros(headline.total), currency),
          comparison,
        })}
      />
      <Typography variant="body2" color="textSecondary">
        {t('card.window', {
          window: formatDayRange(window.start, window.end),
          timezone: window.timezone,
          comparison,
        })}
      </Typography>
      {report.simulated && (
        <Typography variant="body2">{t('card.simulated')}</Typography>
      )}
    </>
  );
}
