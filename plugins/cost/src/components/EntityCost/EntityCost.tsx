import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';
import { ServiceCostReport } from '@headroom/plugin-cost-common';
import { Notice, retryUntilRead, useReport } from '@headroom/react';
import { costApiRef } from '../../api';
import { reportQuestion, useCostScope } from '../../scope';
import { refreshWhileBackfilling, ReportFrame } from '../ReportFrame';
import { reportFileName } from '../fileName';
import { refreshUntilMeasured, RunningNow } from '../Running';
import { ChargesButton } from '../ScopeBar';
import { NoDataYet, NoWorkloads } from '../states';
import { useRunningTranslation } from '../../useRunningTranslation';
import { ServiceReport } from './ServiceReport';

function refreshAfter(
  report: ServiceCostReport,
  rounds: number,
): number | undefined {
  return (
    refreshUntilMeasured(report, rounds) ?? refreshWhileBackfilling(report)
  );
}

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
    refreshAfter,
    retryUntilRead,
  );
  const { t } = useRunningTranslation();
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
          return (
            <>
              <Notice severity="info">{t('notLinkedYet')}</Notice>
              <NoWorkloads entity={entity} />
            </>
          );
        }
        const measured = report.status === 'ok';
        const { projection } = report.headline;
        return (
          <>
            {!(measured && projection.status === 'ok') && (
              <RunningNow
                entityRef={entityRef}
                currency={scope.currency}
                measured={measured}
                fileName={`${reportFileName(
                  entity.metadata.name,
                  report.window,
                )}-running`}
              />
            )}
            {measured ? (
              <ServiceReport
                report={report}
                scope={scope}
                name={entity.metadata.name}
                entityRef={entityRef}
              />
            ) : (
              <NoDataYet
                kind="service"
                report={report}
                sources={report.origin.sources}
              />
            )}
          </>
        );
      }}
    </ReportFrame>
  );
}
