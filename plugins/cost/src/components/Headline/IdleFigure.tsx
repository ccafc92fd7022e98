import {
  Figure,
  Money,
  formatMoney,
  formatShare,
  toMicros,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { FigureProps } from './SpendFigure';

/** Reserved and not used, in money. */
export function IdleFigure(props: FigureProps) {
  const { headline, report, onOrigin } = props;
  const { t } = useCostTranslation();
  const comparison: string[] = [
    headline.idleShare === undefined
      ? t('figure.idleBaseUnknown')
      : t('figure.idleShare', { share: formatShare(headline.idleShare) }),
  ];
  if (headline.previousIdleCost !== undefined) {
    comparison.push(
      t('figure.idleBefore', {
        before: formatMoney(
          toMicros(headline.previousIdleCost),
          report.currency,
        ),
      }),
    );
  }
  return (
    <Figure
      label={t('figure.idle')}
      value={
        <Money
          micros={toMicros(headline.idleCost)}
          currency={report.currency}
        />
      }
      comparison={comparison.join('; ')}
      onOrigin={onOrigin}
    />
  );
}
