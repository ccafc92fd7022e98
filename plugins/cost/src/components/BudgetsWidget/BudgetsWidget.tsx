import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { Link } from '@backstage/core-components';
import {
  identityApiRef,
  useApi,
  useRouteRef,
} from '@backstage/core-plugin-api';
import { BudgetList } from '@headroom/plugin-cost-common';
import {
  errorKind,
  errorMessage,
  Notice,
  RowsSkeleton,
  useColumn,
  useReport,
} from '@headroom/react';
import { useCallback } from 'react';
import { costApiRef } from '../../api';
import { rootRouteRef } from '../../routes';
import { useBudgetTranslation } from '../../useBudgetTranslation';
import { BudgetLine } from './BudgetLine';

const MOST_ROWS = 5;
/** Budgets are evaluated every few minutes; a home page that stays open follows. */
const REFRESH_MS = 300_000;

interface Mine {
  list: BudgetList;
  isInTeam: boolean;
}

/**
 * The inside of a card for the home page: budgets of the reader's teams, the nearest
 * to its end first. Who is in no team sees those of all that they may see.
 */
export function BudgetsWidget() {
  const api = useApi(costApiRef);
  const identity = useApi(identityApiRef);
  const load = useCallback(
    async (signal: AbortSignal): Promise<Mine> => {
      const { ownershipEntityRefs } = await identity.getBackstageIdentity();
      const isInTeam = ownershipEntityRefs.some(ref => /^group:/i.test(ref));
      const list = await api.getBudgets(
        {
          ...(isInTeam && { mine: true }),
          sort: 'spent',
          order: 'desc',
          limit: MOST_ROWS,
        },
        { signal },
      );
      return { list, isInTeam };
    },
    [api, identity],
  );
  const { state, retry } = useReport(load, 'budgets of mine', REFRESH_MS);
  if (state.status === 'loading') {
    return <RowsSkeleton rows={3} />;
  }
  if (state.status === 'error') {
    return <Failed error={state.error} onRetry={retry} />;
  }
  return <Loaded {...state.value} />;
}

function Failed(props: { error: Error; onRetry: () => void }) {
  const { error, onRetry } = props;
  const { t } = useBudgetTranslation();
  if (errorKind(error) === 'not-allowed') {
    return (
      <Typography variant="body2">
        {t('widget.notAllowed', { permission: 'cost.read' })}
      </Typography>
    );
  }
  return (
    <div role="alert">
      <Typography variant="body2" paragraph>
        {t('widget.failed', { reason: errorMessage(error) })}
      </Typography>
      <Button variant="outlined" size="small" onClick={onRetry}>
        {t('widget.retry')}
      </Button>
    </div>
  );
}

function Loaded({ list, isInTeam }: Mine) {
  const { t } = useBudgetTranslation();
  const column = useColumn();
  const budgetsHref = `${useRouteRef(rootRouteRef)()}/budgets`;
  const rows = list.budgets.filter(row => row.overruledBy === undefined);
  const more = list.totalRows - list.budgets.length;
  return (
    <div className={column.root}>
      {list.simulated && (
        <Typography variant="body2" color="textSecondary">
          {t('simulated')}
        </Typography>
      )}
      {!isInTeam && <Notice severity="info">{t('widget.noTeam')}</Notice>}
      {rows.length === 0 && (
        <Typography variant="body2">
          {isInTeam ? t('widget.none') : t('cardNone')}
        </Typography>
      )}
      {rows.map(row => (
        <BudgetLine
          key={row.id}
          row={row}
          href={`${budgetsHref}?budget=${encodeURIComponent(row.id)}`}
        />
      ))}
      {list.restricted && (
        <Typography variant="body2" color="textSecondary">
          {t('restricted')}
        </Typography>
      )}
      <Link to={budgetsHref}>
        {more > 0 ? t('widget.more', { count: more }) : t('widget.all')}
      </Link>
    </div>
  );
}
