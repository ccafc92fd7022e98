import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { addDays } from '@headroom/common';
import {
  budgetName,
  BudgetRow,
  budgetState,
} from '@headroom/plugin-cost-common';
import {
  errorMessage,
  formatDay,
  formatMoney,
  formatShare,
  RowsSkeleton,
  shareOf,
  toMicros,
  useReport,
  useMoneyRange,
} from '@headroom/react';
import { useCallback } from 'react';
import { costApiRef } from '../../api';
import { useBudgetTranslation } from '../../useBudgetTranslation';
import { useCostTabHref } from '../CostEntityLink';
import { StateTag } from './BudgetTable';

/**
 * A narrow card for the overview of a Group or a Component: how much of its budget is
 * spent, and where it is heading.
 *
 * @public
 */
export function EntityBudgetCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(costApiRef);
  const href = useCostTabHref();
  const { t } = useBudgetTranslation();
  const load = useCallback(
    // Only its own is shown.
    (signal: AbortSignal) =>
      api.getBudgets({ entityRef, limit: 1 }, { signal }),
    [api, entityRef],
  );
  const { state } = useReport(load, entityRef);
  const row = state.status === 'ok' ? state.value.own : undefined;
  return (
    <InfoCard
      title={t('cardTitle')}
      variant="gridItem"
      deepLink={{ title: t('cardMore'), link: `${href(entityRef)}#budgets` }}
    >
      {state.status === 'loading' && <RowsSkeleton rows={3} />}
      {state.status === 'error' && (
        <Typography variant="body2" role="alert">
          {t('cardFailed', { reason: errorMessage(state.error) })}
        </Typography>
      )}
      {state.status === 'ok' && !row && (
        <Typography variant="body2">{t('cardNone')}</Typography>
      )}
      {row && <CardBody row={row} />}
    </InfoCard>
  );
}

function CardBody({ row }: { row: BudgetRow }) {
  const { t } = useBudgetTranslation();
  const rangeOf = useMoneyRange();
  const { status, problem, budget } = row;
  if (!status) {
    return (
      <Typography variant="body2">
        {problem === undefined ? t('state.pending') : t('problem', { problem })}
      </Typography>
    );
  }
  const { currency } = budget;
  const limit = toMicros(status.limit);
  const spent = toMicros(status.spent);
  const share = limit > 0n ? shareOf(spent, limit) : Number(spent > 0n);
  const { projection } = status;
  return (
    <>
      <Typography variant="body2" color="textSecondary">
        {budgetName(row)} <StateTag state={budgetState(row)} />
      </Typography>
      <Typography variant="h5" component="div">
        {t('cardSpent', {
          spent: formatMoney(spent, currency),
          limit: formatMoney(limit, currency),
        })}
      </Typography>
      <LinearProgress
        variant="determinate"
        value={Math.min(100, 100 * share)}
        color={share > 1 ? 'secondary' : 'primary'}
        aria-label={t('cardSummary', { share: formatShare(share) })}
      />
      {projection.status === 'ok' && (
        <Typography variant="body2">
          {t('cardForecast', {
            forecast: formatMoney(toMicros(projection.total), currency),
            day: formatDay(addDays(status.end, -1)),
            range: rangeOf(
              toMicros(projection.low),
              toMicros(projection.high),
              currency,
            ),
          })}
        </Typography>
      )}
    </>
  );
}
