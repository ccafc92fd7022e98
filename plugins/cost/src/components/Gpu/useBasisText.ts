import { GpuBasis, GpuReport } from '@headroom/plugin-cost-common';
import { formatShare } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';

const BASES: readonly string[] = ['sm-active', 'engine-active', 'utilisation'];

/** Whether the page has words for a basis. */
export function isKnownBasis(basis: string): basis is GpuBasis {
  return BASES.includes(basis);
}

/** What busy shares were measured by: one basis by its name, several with their part of the hours. */
export function useBasisText(bases: GpuReport['bases']): string {
  const { t } = useCostTranslation();
  const hours = bases.reduce((sum, basis) => sum + basis.hours, 0);
  const name = (basis: string) =>
    isKnownBasis(basis) ? t(`gpuUse.basis.${basis}`) : basis;
  if (bases.length === 1) {
    return name(bases[0].basis);
  }
  return [...bases]
    .sort((a, b) => b.hours - a.hours)
    .map(basis =>
      t('gpuUse.basisItem', {
        basis: name(basis.basis),
        share: formatShare(hours > 0 ? basis.hours / hours : 0),
      }),
    )
    .join(', ');
}
