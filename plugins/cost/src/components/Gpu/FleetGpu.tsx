import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { useReport } from '@headroom/react';
import { costApiRef } from '../../api';
import { reportQuestion, useCostScope } from '../../scope';
import { ReportFrame } from '../ReportFrame';
import { NoClusters, NoDataYet } from '../states';
import { GpuReportView } from './GpuReportView';
import { GpuSkeleton } from './GpuSkeleton';

/** Whether the GPUs of the fleet work: the tab GPU of `/cost`. */
export function FleetGpu() {
  const api = useApi(costApiRef);
  const [scope, setScope] = useCostScope();
  const load = useCallback(
    (signal: AbortSignal) => api.getGpuReport(scope, undefined, { signal }),
    [api, scope],
  );
  const { state, retry } = useReport(load, reportQuestion(scope));
  return (
    <ReportFrame
      scope={scope}
      onScopeChange={setScope}
      state={state}
      onRetry={retry}
      sharing={false}
      skeleton={<GpuSkeleton />}
    >
      {report => {
        if (report.status === 'no-workloads') {
          return <NoClusters />;
        }
        if (report.status === 'no-data') {
          return <NoDataYet kind="fleet" report={report} />;
        }
        return <GpuReportView report={report} name="fleet" />;
      }}
    </ReportFrame>
  );
}
