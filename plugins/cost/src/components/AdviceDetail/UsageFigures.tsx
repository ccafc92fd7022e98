import { AdvisedResource, ResourceAdvice } from '@headroom/plugin-cost-common';
import { FigureStepList, formatAmount } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';

const QUANTILES = ['p50', 'p95', 'p99', 'peak'] as const;

/** How much the worst pod used: four points of its distribution. */
export function UsageFigures(props: {
  resource: AdvisedResource;
  usage: NonNullable<ResourceAdvice['usage']>;
}) {
  const { resource, usage } = props;
  const { t } = useCostTranslation();
  return (
    <FigureStepList
      steps={QUANTILES.map(quantile => ({
        label: t(`advice.detail.${quantile}`),
        formula: formatAmount(resource, usage[quantile]),
      }))}
    />
  );
}
