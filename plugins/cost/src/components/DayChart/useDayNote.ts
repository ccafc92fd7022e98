import { DayCost } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';
import { isGap } from './chartDays';

/** Says in words what is special about a day: no data, hours missing, not over, clock change. */
export function useDayNote(): (day: DayCost) => string | undefined {
  const { t } = useCostTranslation();
  return day => {
    if (isGap(day)) {
      return t('day.gap');
    }
    const notes: string[] = [];
    if (day.missingHours) {
      notes.push(
        t('day.missingHours', {
          missing: String(day.missingHours),
          hours: String(day.hours),
        }),
      );
    }
    if (day.partial) {
      notes.push(t('day.partial'));
    }
    if (day.hours !== 24) {
      notes.push(t('day.clockChange', { hours: String(day.hours) }));
    }
    return notes.length > 0 ? notes.join('; ') : undefined;
  };
}
