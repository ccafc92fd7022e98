import { Link } from '@backstage/core-components';
import { useApi, useApiHolder, useRouteRef } from '@backstage/core-plugin-api';
import { ScalingApi } from '@headroom/plugin-scaling-common';
import {
  Figure,
  FigureGrid,
  Money,
  SavedFigure,
  Section,
  toMicros,
  useReport,
} from '@headroom/react';
import { useCallback } from 'react';
import { costApiRef } from '../../api';
import { scalingApiRef } from '../../api/scalingApiRef';
import { rootRouteRef } from '../../routes';
import { useCompletionTranslation } from '../../useCompletionTranslation';
import { useCostTranslation } from '../../useCostTranslation';
import { SavingsMeter } from './SavingsMeter';

/** What advice could still save per month, of a service or of everything. */
function useLeft(entityRef: string | undefined, currency: string) {
  const api = useApi(costApiRef);
  const load = useCallback(
    async (signal: AbortSignal) =>
      entityRef
        ? api.getServiceAdvice(entityRef, { currency }, { signal })
        : api.getFleetAdvice({ currency, limit: 1 }, { signal }),
    [api, entityRef, currency],
  );
  const { state } = useReport(load, `${entityRef ?? ''}?${currency}`);
  return state.status === 'ok' && state.value.status === 'ok'
    ? { micros: state.value.totals.listSaving, currency: state.value.currency }
    : undefined;
}

function CompletionLink() {
  const { t } = useCompletionTranslation();
  const costHref = useRouteRef(rootRouteRef)();
  return <Link to={`${costHref}/completion`}>{t('link')}</Link>;
}

function Known(props: {
  scaling: ScalingApi;
  entityRef?: string;
  currency: string;
}) {
  const { scaling, entityRef, currency } = props;
  const { t } = useCostTranslation();
  const left = useLeft(entityRef, currency);
  const load = useCallback(
    (signal: AbortSignal) =>
      scaling.getSavings({ entityRef, limit: 1 }, { signal }),
    [scaling, entityRef],
  );
  const { state } = useReport(load, entityRef);
  // Its back end may be missing, or say no: then there is nothing to show.
  if (state.status !== 'ok') {
    return null;
  }
  const { measured, notYet, remark } = state.value.summary;
  return (
    <Section
      title={t('savings.title')}
      subtitle={t('savings.subtitle')}
      action={entityRef === undefined && <CompletionLink />}
    >
      <FigureGrid>
        <SavingsMeter summary={state.value.summary} />
        <SavedFigure
          measured={measured}
          notYet={notYet}
          remark={remark?.message}
        />
        {left && (
          <Figure
            label={t('savings.left')}
            value={
              <Money micros={toMicros(left.micros)} currency={left.currency} />
            }
            comparison={t('savings.leftBase')}
          />
        )}
      </FigureGrid>
    </Section>
  );
}

/**
 * What was saved so far, measured from the ledger alone, beside what advice still
 * leaves on the table. Nothing where the scaling plugin isn't installed.
 */
export function Savings(props: {
  /** The service; absent = everything. */
  entityRef?: string;
  currency: string;
}) {
  const scaling = useApiHolder().get(scalingApiRef);
  return scaling ? <Known scaling={scaling} {...props} /> : null;
}
