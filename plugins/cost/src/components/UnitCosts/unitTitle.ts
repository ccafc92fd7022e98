import { UnitCost } from '@headroom/plugin-cost-common';
import { formatCount } from '@headroom/react';
import { CostTranslate } from '../../useCostTranslation';

/** `Tokens, per 1M`; just the title when the price is for one. */
export function unitTitle(
  unit: Pick<UnitCost, 'title' | 'per'>,
  t: CostTranslate,
): string {
  return unit.per === 1
    ? t('units.perOne', { title: unit.title })
    : t('units.perMany', { title: unit.title, per: formatCount(unit.per) });
}
