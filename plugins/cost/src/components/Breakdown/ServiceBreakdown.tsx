import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { useId } from 'react';
import {
  CostScope,
  ServiceCostReport,
  ServiceDimension,
} from '@headroom/plugin-cost-common';
import { Section, useUrlParam } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { BreakdownTable } from './BreakdownTable';

const DIMENSIONS: readonly ServiceDimension[] = [
  'workload',
  'container',
  'cluster',
  'region',
  'capacity',
];

/** Where a service's cost comes from, by one dimension at a time. */
export function ServiceBreakdown(props: {
  report: ServiceCostReport;
  scope: CostScope;
  fileName: string;
  onOrigin: () => void;
}) {
  const { report, scope, fileName, onOrigin } = props;
  const { t } = useCostTranslation();
  const [by, setBy] = useUrlParam('by');
  const dimension =
    DIMENSIONS.find(candidate => candidate === by) ?? DIMENSIONS[0];
  const id = useId();
  return (
    <Section title={t('breakdown.title')} onOrigin={onOrigin}>
      <Tabs
        value={dimension}
        onChange={(_, next) => setBy(next)}
        indicatorColor="primary"
        textColor="primary"
        variant="scrollable"
        scrollButtons="auto"
        aria-label={t('breakdown.by')}
      >
        {DIMENSIONS.map(candidate => (
          <Tab
            key={candidate}
            value={candidate}
            label={t(`dimension.${candidate}`)}
            id={`${id}-tab-${candidate}`}
            aria-controls={`${id}-panel`}
          />
        ))}
      </Tabs>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-tab-${dimension}`}
      >
        <BreakdownTable
          key={dimension}
          id={dimension}
          dimension={dimension}
          label={t('breakdown.label', {
            dimension: t(`dimension.${dimension}`),
          })}
          rows={report.breakdowns[dimension]}
          window={report.window}
          currency={report.currency}
          scope={scope}
          fileName={`${fileName}-by-${dimension}`}
        />
      </div>
    </Section>
  );
}
