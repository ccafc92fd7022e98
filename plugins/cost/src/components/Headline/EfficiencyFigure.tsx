import { Figure, formatShare } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { FigureProps } from './SpendFigure';

/** How much of the paid CPU, memory and GPU was used, weighted by cost. */
export function EfficiencyFigure(props: FigureProps) {
  const { headline, onOrigin } = props;
  const { t } = useCostTranslation();
  const comparison = () => {
    if (headline.efficiency === undefined) {
      return t('figure.efficiencyUnknown');
    }
    return headline.previousEfficiency === undefined
      ? t('figure.efficiencyBase')
      : t('figure.efficiencyBefore', {
          before: formatShare(headline.previousEfficiency),
        });
  };
  return (
    <Figure
      label={t('figure.efficiency')}
      value={
        headline.efficiency === undefined
          ? '\u2013'
          : formatShare(headline.efficiency)
      }
      comparison={comparison()}
      onOrigin={onOrigin}
    />
  );
}
