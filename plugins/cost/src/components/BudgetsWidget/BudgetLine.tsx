import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { Link } from '@backstage/core-components';
import { addDays } from '@headroom/common';
import {
  budgetName,
  BudgetRow,
  budgetShareSpent,
  budgetState,
  BudgetStatus,
} from '@headroom/plugin-cost-common';
import {
  formatDay,
  formatMoney,
  formatShare,
  toMicros,
  useMoneyRange,
} from '@headroom/react';
import { useBudgetTranslation } from '../../useBudgetTranslation';
import { StateTag } from '../Budgets/BudgetTable';

/** One budget: how much of it is spent, and what is forecast. */
export function BudgetLine({ row, href }: { row: BudgetRow; href: string }) {
  const { t } = useBudgetTranslation();
  const { status, problem, budget } = row;
  return (
    <div>
      <Typography variant="subtitle2" component="h3">
        <Link to={href}>{budgetName(row)}</Link>{' '}
        <StateTag state={budgetState(row)} />
      </Typography>
      {status ? (
        <Standing
          status={status}
          currency={budget.currency}
          share={budgetShareSpent(status)}
        />
      ) : (
        <Typography variant="body2">
          {problem === undefined
            ? t('widget.pending')
            : t('problem', { problem })}
        </Typography>
      )}
    </div>
  );
}

function Standing(props: {
  status: BudgetStatus;
  currency: string;
  share: number;
}) {
  const { status, currency, share } = props;
  const { t } = useBudgetTranslation();
  const rangeOf = useMoneyRange();
  const limit = toMicros(status.limit);
  const spent = formatMoney(toMicros(status.spent), currency);
  const { projection } = status;
  return (
    <>
      <Typography variant="body2">
        {t('cardSpent', { spent, limit: formatMoney(limit, currency) })}
        {Number.isFinite(share) && ` (${formatShare(share)})`}
      </Typography>
      <LinearProgress
        variant="determinate"
        value={Math.max(0, Math.min(100, 100 * share))}
        color={share > 1 ? 'secondary' : 'primary'}
        aria-label={
          Number.isFinite(share)
            ? t('cardSummary', { share: formatShare(share) })
            : t('widget.nothingAllowed')
        }
      />
      <Typography variant="body2" color="textSecondary">
        {projection.status === 'ok'
          ? t('cardForecast', {
              forecast: formatMoney(toMicros(projection.total), currency),
              day: formatDay(addDays(status.end, -1)),
              range: rangeOf(
                toMicros(projection.low),
                toMicros(projection.high),
                currency,
              ),
            })
          : t('cannotSay')}
      </Typography>
    </>
  );
}
