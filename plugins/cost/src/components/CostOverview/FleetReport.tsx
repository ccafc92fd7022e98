import {
  CostScope,
  FleetCostReport,
  FleetDimension,
} from '@headroom/plugin-cost-common';
import {
  ChoiceGroup,
  RowsSkeleton,
  Section,
  useUrlParam,
} from '@headroom/react';
import { FLEET_DIMENSIONS } from '../../scope';
import { useCostTranslation } from '../../useCostTranslation';
import { AnomaliesSection } from '../Anomalies';
import { BillSection } from '../Bill';
import { BreakdownTable } from '../Breakdown';
import { DayChart } from '../DayChart';
import { reportFileName } from '../fileName';
import { FleetHeadline } from '../Headline';
import { Movers } from '../Movers';
import { OriginDialog, useOrigin } from '../OriginDialog';
import { Savings } from '../Savings';

/** The fleet: totals and trend, rows by one dimension with Idle and Unallocated, what cost too much, biggest movers. */
export function FleetReport(props: {
  report: FleetCostReport;
  scope: CostScope;
  /** The grouping asked for; the report may still have the one before. */
  groupBy: FleetDimension;
}) {
  const { report, scope, groupBy } = props;
  const { currency, window, days, headline, origin } = report;
  const { t } = useCostTranslation();
  const [, setGroupBy] = useUrlParam('groupBy');
  const { figure, open, close } = useOrigin();
  // A link to a figure may come from somebody who may see more.
  const hidden =
    report.restricted && (figure === 'idle' || figure === 'unallocated');
  const fileName = reportFileName('fleet', window);
  return (
    <>
      <FleetHeadline report={report} onOrigin={open} />
      <DayChart
        days={days}
        window={window}
        currency={currency}
        fileName={fileName}
        onOrigin={() => open('spend')}
      />
      <Section
        onOrigin={() => open('spend')}
        title={t('fleet.title', { dimension: t(`dimension.${groupBy}`) })}
        action={
          <ChoiceGroup
            label={t('fleet.groupBy')}
            choices={FLEET_DIMENSIONS.map(value => ({
              value,
              label: t(`dimension.${value}`),
            }))}
            value={groupBy}
            onChoose={setGroupBy}
          />
        }
      >
        {report.groupBy === groupBy ? (
          <BreakdownTable
            key={groupBy}
            id={groupBy}
            dimension={groupBy}
            label={t('fleet.title', { dimension: t(`dimension.${groupBy}`) })}
            rows={report.rows}
            window={window}
            currency={currency}
            scope={scope}
            fileName={`${fileName}-by-${groupBy}`}
          />
        ) : (
          <RowsSkeleton rows={report.rows.length} />
        )}
      </Section>
      <AnomaliesSection timezone={window.timezone} fileName="fleet" />
      <Savings currency={currency} />
      <Movers report={report} scope={scope} fileName={fileName} />
      {!report.restricted && <BillSection scope={scope} />}
      <OriginDialog
        figure={hidden ? undefined : figure}
        subject={{ report, headline, days, origin }}
        fileName={fileName}
        onClose={close}
      />
    </>
  );
}
