import { GpuReport } from '@headroom/plugin-cost-common';
import { ExplainDialog, useUrlParam } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { reportFileName } from '../fileName';
import { BasisHelp } from './BasisHelp';
import { BoardTable } from './BoardTable';
import { DeviceTable } from './DeviceTable';
import { GpuAdviceCards } from './GpuAdviceCards';
import { GpuDays } from './GpuDays';
import { GPU_FIGURES, gpuExplanation } from './gpuExplanation';
import { GpuEnergySection } from './GpuEnergySection';
import { GpuHeadline } from './GpuHeadline';
import { HeatMap } from './HeatMap';
import { NoGpus } from './NoGpus';
import { NoReadings } from './NoReadings';

/** Whether GPUs work: the numbers, the trend, where it comes from, what to do. */
export function GpuReportView(props: {
  report: GpuReport;
  /** What the report is of, for downloads. */
  name: string;
}) {
  const { report, name } = props;
  const { t } = useCostTranslation();
  const [origin, setOrigin] = useUrlParam('origin');
  const figure = GPU_FIGURES.find(candidate => candidate === origin);
  const fileName = reportFileName(`gpu-${name}`, report.window);
  if (report.status === 'no-gpus') {
    return <NoGpus report={report} />;
  }
  if (report.status === 'no-readings') {
    return <NoReadings report={report} />;
  }
  return (
    <>
      <GpuHeadline report={report} onOrigin={setOrigin} />
      <BasisHelp bases={report.bases} />
      <GpuDays report={report} fileName={fileName} />
      <HeatMap report={report} fileName={fileName} />
      <DeviceTable report={report} fileName={fileName} />
      <BoardTable report={report} fileName={fileName} />
      <GpuEnergySection
        report={report}
        fileName={fileName}
        onOrigin={() => setOrigin('energy')}
      />
      <GpuAdviceCards
        advice={report.advice}
        currency={report.currency}
        timezone={report.window.timezone}
        fleet={report.entityRef === undefined}
      />
      <ExplainDialog
        explanation={figure && gpuExplanation(figure, report, t)}
        onClose={() => setOrigin(undefined)}
      />
    </>
  );
}
