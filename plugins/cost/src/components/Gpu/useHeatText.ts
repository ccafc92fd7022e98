import { formatQuantity, formatShare } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { HeatHour } from './heatHours';

/** Says one hour of the week in full: when, and how busy of how much. */
export function useHeatText(everything: boolean): (hour: HeatHour) => string {
  const { t } = useCostTranslation();
  const valueOf = (hour: HeatHour): string => {
    if (hour.gap) {
      return t('gpuUse.heat.none');
    }
    if (!hour.held) {
      return t(everything ? 'gpuUse.heat.nobody' : 'gpuUse.heat.notHeld');
    }
    return hour.share === undefined
      ? t('gpuUse.heat.unknown')
      : t('gpuUse.heat.value', {
          share: formatShare(hour.share),
          busy: formatQuantity(hour.busy ?? 0),
          held: formatQuantity(hour.held),
        });
  };
  return hour =>
    t('gpuUse.heat.cell', {
      when: t('gpuUse.heat.when', {
        day: hour.day,
        from: hour.from,
        to: hour.to,
      }),
      value: valueOf(hour),
    });
}
