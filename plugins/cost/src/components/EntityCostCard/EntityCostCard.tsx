import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { useCallback } from 'react';
import { ServiceCostReport } from '@headroom/plugin-cost-common';
import {
  ReportState,
  RowsSkeleton,
  errorKind,
  isNotReadYet,
  retryUntilRead,
  useReport,
} from '@headroom/react';
import { costApiRef } from '../../api';
import { DEFAULT_SCOPE } from '../../scope';
import { CostTranslate, useCostTranslation } from '../../useCostTranslation';
import { useCostTabHref } from '../CostEntityLink';
import { CardRunning, refreshUntilMeasured } from '../Running';
import { useRunningTranslation } from '../../useRunningTranslation';
import { CardAdvice } from './CardAdvice';
import { CardFigures } from './CardFigures';

/** One sentence in place of figures; the tab says more. */
function absence(
  state: ReportState<ServiceCostReport>,
  t: CostTranslate,
  notReadYet: string,
): string | undefined {
  if (state.status === 'error') {
    if (isNotReadYet(state.error)) {
      return notReadYet;
    }
    return errorKind(state.error) === 'not-allowed'
      ? t('card.notAllowed')
      : t('card.failed');
  }
  if (state.status === 'ok' && state.value.status !== 'ok') {
    return state.value.status === 'no-workloads'
      ? t('noWorkloads.title')
      : t('noData.title');
  }
  return undefined;
}

/**
 * A narrow card for the overview of a Component: month to date, projection,
 * the last 30 days and the way to the Cost tab.
 *
 * @public
 */
export function EntityCostCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(costApiRef);
  const { t } = useCostTranslation();
  const href = useCostTabHref();
  const load = useCallback(
    (signal: AbortSignal) =>
      api.getServiceReport(entityRef, DEFAULT_SCOPE, { signal }),
    [api, entityRef],
  );
  const { state } = useReport(
    load,
    entityRef,
    refreshUntilMeasured,
    retryUntilRead,
  );
  const running = useRunningTranslation();
  const sentence = absence(state, t, running.t('notReadYet'));
  const report = state.status === 'ok' ? state.value : undefined;
  return (
    <InfoCard
      title={t('title')}
      variant="gridItem"
      deepLink={{ title: t('card.open'), link: href(entityRef) }}
    >
      {state.status === 'loading' && <RowsSkeleton rows={5} />}
      {sentence && <Typography>{sentence}</Typography>}
      {report?.status === 'no-data' && (
        <CardRunning entityRef={entityRef} measured={false} />
      )}
      {!sentence && report && (
        <>
          <CardFigures report={report} />
          {report.headline.projection.status === 'not-yet' && (
            <CardRunning entityRef={entityRef} measured />
          )}
          <CardAdvice entityRef={entityRef} />
        </>
      )}
    </InfoCard>
  );
}
