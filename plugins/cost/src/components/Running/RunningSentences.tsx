import Typography from '@material-ui/core/Typography';
import { microsToDecimal } from '@headroom/common';
import { RunningService } from '@headroom/plugin-cost-common';
import {
  formatMoney,
  formatPrice,
  formatTime,
  toMicros,
} from '@headroom/react';
import { useRunningTranslation } from '../../useRunningTranslation';

/** What runs costs in a sentence; what isn't known is never nothing. */
function useAmount(running: RunningService): string {
  const { monthly, complete, replicas: count, currency } = running;
  const { t } = useRunningTranslation();
  if (monthly === undefined) {
    return t('unknown');
  }
  if (complete && count === 0) {
    return t('nothing');
  }
  const month = formatMoney(toMicros(monthly), currency);
  return complete ? t('about', { month, count }) : t('least', { month, count });
}

/** What runs costs, an hour and a month, and when measured figures come. */
export function RunningSentences(props: {
  running: RunningService;
  /** There are measured hours already, and no projection. */
  measured: boolean;
}) {
  const { running, measured } = props;
  const { hourly, currency, measuredFrom, timezone, replicas } = running;
  const { t } = useRunningTranslation();
  const amount = useAmount(running);
  return (
    <>
      <Typography variant={measured ? 'body1' : 'h6'} component="p">
        {amount}
      </Typography>
      <Typography variant="body2" gutterBottom>
        {[
          hourly !== undefined &&
            replicas > 0 &&
            t('anHour', {
              hour: formatPrice(microsToDecimal(toMicros(hourly)), currency),
            }),
          !measured &&
            measuredFrom !== undefined &&
            replicas > 0 &&
            t('measuredFrom', { time: formatTime(measuredFrom, timezone) }),
        ]
          .filter(Boolean)
          .join(' ')}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {t(measured ? 'helpUnprojected' : 'helpUnmeasured')}
      </Typography>
    </>
  );
}
