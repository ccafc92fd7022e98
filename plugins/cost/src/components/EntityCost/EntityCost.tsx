import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';
import { useReport } from '@headroom/react';
import { costApiRef } from '../../api';
import { reportQuestion, useCostScope } from '../../scope';
import { refreshWhileBackfilling, ReportFrame } from '../ReportFrame';
import { ChargesButton } from '../ScopeBar';
import { NoDataYet, NoWorkloads } from '../states';
import { ServiceReport } from './ServiceReport';

/**
 * The Cost tab of a Component.
 *
 * @public
 */
export function EntityCost() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(costApiRef);
  const [scope, setScope] = useCostScope();
  const load = useCallback(
    (signal: AbortSignal) => api.getServiceReport(entityRef, scope, { signal }),
    [api, entityRef, scope],
  );
  const { state, retry } = useReport(
    load,
    reportQuestion(scope, entityRef),
    refreshWhileBackfilling,
  );
  return (
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
        if (report.status === 'no-workloads') {
          return <NoWorkloads entity={entity} />;
        }
        if (report.status === 'no-data') {
          return (
            <NoDataYet
              kind="service"
              report={report}
              sources={report.origin.sources}
            />
          );
        }
        return (
          <ServiceReport
            report={report}
            scope={scope}
            name={entity.metadata.name}
            entityRef={entityRef}
          />
        );
      }}
    </ReportFrame>
  );
}
