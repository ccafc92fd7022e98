import {
  Figure,
  Money,
  formatMoney,
  formatShare,
  toMicros,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { FigureProps } from './SpendFigure';

/** What was requested and not used, in money. */
export function UnusedFigure(props: FigureProps) {
  const { headline, report, onOrigin } = props;
  const { t } = useCostTranslation();
  const comparison: string[] = [
    headline.unusedShare === undefined
      ? t('figure.unusedBaseUnknown')
      : t('figure.unusedShare', { share: formatShare(headline.unusedShare) }),
  ];
  if (headline.previousUnusedCost !== undefined) {
    comparison.push(
      t('figure.unusedBefore', {
        before: formatMoney(
          toMicros(headline.previousUnusedCost),
          report.currency,
        ),
      }),
    );
  }
  return (
    <Figure
      label={t('figure.unused')}
      value={
        <Money
          micros={toMicros(headline.unusedCost)}
          currency={report.currency}
        />
      }
      comparison={comparison.join('; ')}
      onOrigin={onOrigin}
    />
  );
}
