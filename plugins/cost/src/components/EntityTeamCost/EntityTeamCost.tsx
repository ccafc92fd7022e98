import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';
import { retryUntilRead, useColumn, useReport } from '@headroom/react';
import { costApiRef } from '../../api';
import { reportQuestion, useCostScope } from '../../scope';
import { BudgetsView } from '../Budgets';
import { refreshWhileBackfilling, ReportFrame } from '../ReportFrame';
import { ChargesButton } from '../ScopeBar';
import { NoDataYet, NoServices } from '../states';
import { TeamReport } from './TeamReport';

/**
 * The Cost tab of a Group: its services and those of the groups below it.
 *
 * @public
 */
export function EntityTeamCost() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(costApiRef);
  const column = useColumn();
  const [scope, setScope] = useCostScope();
  const load = useCallback(
    (signal: AbortSignal) => api.getTeamReport(entityRef, scope, { signal }),
    [api, entityRef, scope],
  );
  const { state, retry } = useReport(
    load,
    reportQuestion(scope, entityRef),
    refreshWhileBackfilling,
    retryUntilRead,
  );
  return (
    <div className={column.root}>
      <ReportFrame
        scope={scope}
        onScopeChange={setScope}
        state={state}
        onRetry={retry}
        actions={
          <ChargesButton
            scope={scope}
            entityRef={entityRef}
            fileName={`cost-${entity.metadata.name}`}
          />
        }
      >
        {report => {
          if (report.status === 'no-services') {
            return <NoServices groups={report.groups} />;
          }
          if (report.status === 'no-data') {
            return <NoDataYet kind="team" report={report} />;
          }
          return (
            <TeamReport
              report={report}
              scope={scope}
              name={entity.metadata.name}
            />
          );
        }}
      </ReportFrame>
      <div id="budgets">
        <BudgetsView entityRef={entityRef} />
      </div>
    </div>
  );
}
