import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';
import { retryUntilRead, useReport } from '@headroom/react';
import { costApiRef } from '../../api';
import { NoWorkloads } from '../states';
import { AdviceFrame } from './AdviceFrame';
import { AdviceReportView } from './AdviceReportView';
import { NotComputedYet } from './NotComputedYet';
import { ServiceAdviceTable } from './ServiceAdviceTable';
import { useAdviceQuery } from './useAdviceQuery';

/** What to change of one service: the sub-page Advice of its Cost tab. */
export function EntityAdvice() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(costApiRef);
  const [picks, pick] = useAdviceQuery();
  const { currency, decided } = picks;
  const load = useCallback(
    (signal: AbortSignal) =>
      api.getServiceAdvice(entityRef, { currency, decided }, { signal }),
    [api, entityRef, currency, decided],
  );
  const { state, retry } = useReport(
    load,
    `${entityRef}?${currency ?? ''}`,
    undefined,
    retryUntilRead,
  );
  const fileName = `advice-${entity.metadata.name}`;
  return (
    <AdviceFrame
      state={state}
      onRetry={retry}
      currency={currency}
      onCurrency={next => pick({ currency: next })}
    >
      {report => {
        if (report.status === 'no-workloads') {
          return <NoWorkloads entity={entity} />;
        }
        if (report.status === 'not-computed') {
          return <NotComputedYet />;
        }
        return (
          <AdviceReportView report={report} fileName={fileName}>
            <ServiceAdviceTable
              report={report}
              entityRef={entityRef}
              picks={picks}
              onPick={pick}
              fileName={fileName}
            />
          </AdviceReportView>
        );
      }}
    </AdviceFrame>
  );
}
