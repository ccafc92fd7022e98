import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useReport } from '@headroom/react';
import { costApiRef } from '../../api';
import { parseGroupBy, reportQuestion, useCostScope } from '../../scope';
import { refreshWhileBackfilling, ReportFrame } from '../ReportFrame';
import { ChargesButton } from '../ScopeBar';
import { NoClusters, NoDataYet } from '../states';
import { FleetReport } from './FleetReport';

/**
 * What everything costs, and who spends it.
 *
 * @public
 */
export function CostOverview() {
  const api = useApi(costApiRef);
  const [scope, setScope] = useCostScope();
  const [params] = useSearchParams();
  const groupBy = parseGroupBy(params);
  const load = useCallback(
    (signal: AbortSignal) => api.getFleetReport(scope, groupBy, { signal }),
    [api, scope, groupBy],
  );
  // Totals and trend stay in place while the rows are grouped anew.
  const { state, retry } = useReport(
    load,
    reportQuestion(scope),
    refreshWhileBackfilling,
  );
  return (
    <ReportFrame
      scope={scope}
      onScopeChange={setScope}
      state={state}
      onRetry={retry}
      actions={<ChargesButton scope={scope} fileName="cost-fleet" />}
    >
      {report => {
        if (report.status === 'no-clusters') {
          return <NoClusters />;
        }
        if (report.status === 'no-data') {
          return (
            <NoDataYet
              kind="fleet"
              report={report}
              sources={report.origin.sources}
            />
          );
        }
        return <FleetReport report={report} scope={scope} groupBy={groupBy} />;
      }}
    </ReportFrame>
  );
}
