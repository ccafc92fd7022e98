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
  useReport,
} from '@headroom/react';
import { costApiRef } from '../../api';
import { DEFAULT_SCOPE } from '../../scope';
import { CostTranslate } from '../costColumns';
import { useCostTranslation } from '../../useCostTranslation';
import { useCostTabHref } from '../CostEntityLink';
import { CardAdvice } from './CardAdvice';
import { CardFigures } from './CardFigures';

/** One sentence in place of figures; the tab says more. */
function absence(
  state: ReportState<ServiceCostReport>,
  t: CostTranslate,
): string | undefined {
  if (state.status === 'error') {
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
  const { state } = useReport(load, entityRef);
  const sentence = absence(state, t);
  return (
    <InfoCard
      title={t('title')}
      variant="gridItem"
      deepLink={{ title: t('card.open'), link: href(entityRef) }}
    >
      {state.status === 'loading' && <RowsSkeleton rows={5} />}
      {sentence && <Typography>{sentence}</Typography>}
      {!sentence && state.status === 'ok' && (
        <>
          <CardFigures report={state.value} />
          <CardAdvice entityRef={entityRef} />
        </>
      )}
    </InfoCard>
  );
}
