import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';
import { retryUntilRead, useReport } from '@headroom/react';
import { costApiRef } from '../../api';
import { reportQuestion, useCostScope } from '../../scope';
import { ReportFrame } from '../ReportFrame';
import { NoDataYet, NoWorkloads } from '../states';
import { GpuReportView } from './GpuReportView';
import { GpuSkeleton } from './GpuSkeleton';

/** Whether the GPUs of one service work: the sub-page GPU of its Cost tab. */
export function EntityGpu() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(costApiRef);
  const [scope, setScope] = useCostScope();
  const load = useCallback(
    (signal: AbortSignal) => api.getGpuReport(scope, entityRef, { signal }),
    [api, entityRef, scope],
  );
  const { state, retry } = useReport(
    load,
    reportQuestion(scope, entityRef),
    undefined,
    retryUntilRead,
  );
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
          return <NoWorkloads entity={entity} />;
        }
        if (report.status === 'no-data') {
          return <NoDataYet kind="service" report={report} />;
        }
        return <GpuReportView report={report} name={entity.metadata.name} />;
      }}
    </ReportFrame>
  );
}
