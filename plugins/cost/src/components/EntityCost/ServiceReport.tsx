import { CostScope, ServiceCostReport } from '@headroom/plugin-cost-common';
import { AnomaliesSection } from '../Anomalies';
import { ServiceBreakdown } from '../Breakdown';
import { DayChart } from '../DayChart';
import { reportFileName } from '../fileName';
import { GpuHours } from '../GpuHours';
import { Headline } from '../Headline';
import { OriginDialog, useOrigin } from '../OriginDialog';
import { Savings } from '../Savings';
import { knownUnits, UnitCosts } from '../UnitCosts';

/** What a service costs: the numbers, the trend, where it comes from. */
export function ServiceReport(props: {
  report: ServiceCostReport;
  scope: CostScope;
  /** Name of the service, for downloads. */
  name: string;
  entityRef: string;
}) {
  const { report, scope, name, entityRef } = props;
  const { currency, window, days, headline, origin } = report;
  const { figure, open, close } = useOrigin();
  const units = knownUnits(report.units);
  const fileName = reportFileName(name, window);
  return (
    <>
      <Headline headline={headline} report={report} onOrigin={open} />
      <DayChart
        days={days}
        window={window}
        currency={currency}
        fileName={fileName}
        onOrigin={() => open('spend')}
      />
      <ServiceBreakdown
        report={report}
        scope={scope}
        fileName={fileName}
        onOrigin={() => open('spend')}
      />
      {report.gpu && (
        <GpuHours
          gpu={report.gpu}
          days={days}
          window={window}
          currency={currency}
          fileName={fileName}
          onOrigin={() => open('gpu')}
        />
      )}
      {units.length > 0 && (
        <UnitCosts
          units={units}
          currency={currency}
          fileName={fileName}
          onOrigin={() => open('units')}
        />
      )}
      <AnomaliesSection
        service={entityRef}
        timezone={window.timezone}
        fileName={name}
      />
      <Savings entityRef={entityRef} currency={currency} />
      <OriginDialog
        figure={figure}
        subject={{
          report,
          headline,
          days,
          origin,
          gpu: report.gpu,
          units,
        }}
        fileName={fileName}
        onClose={close}
      />
    </>
  );
}
