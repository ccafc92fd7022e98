import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  CostEstimate,
  EstimatedBudget,
  roomInBudget,
} from '@headroom/plugin-cost-common';
import { formatDayRange, formatMoney, Notice, yearOf } from '@headroom/react';
import Typography from '@material-ui/core/Typography';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { FormOwner } from './ownerOf';
import { TeamBudgetTable } from './TeamBudgetTable';

const BUDGETS = '/cost/budgets';

/** What is left of the budget of the team that will own it, without it and with it. */
export function TeamBudget(props: {
  estimate: CostEstimate;
  owner: FormOwner;
}) {
  const { t } = useScalingTranslation();
  return (
    <section>
      <Typography variant="subtitle2" component="h4">
        {t('stamping.cost.team.title')}
      </Typography>
      <Known {...props} />
    </section>
  );
}

function Known(props: { estimate: CostEstimate; owner: FormOwner }) {
  const { estimate, owner } = props;
  const { ownerBudget: known } = estimate;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  if (!known) {
    // It is asked for of groups only.
    return (
      <Typography variant="body2">
        {t('stamping.cost.team.noGroup', { owner: owner.entityRef })}
      </Typography>
    );
  }
  if ('unknown' in known) {
    return (
      <Typography variant="body2">
        {t('stamping.cost.team.unknown', { why: wordingOf(known.unknown) })}
      </Typography>
    );
  }
  if ('none' in known) {
    return (
      <Typography variant="body2">
        {t('stamping.cost.team.none', { owner: known.none })}{' '}
        <Link to={BUDGETS} underline="always">
          {t('stamping.cost.team.make')}
        </Link>
      </Typography>
    );
  }
  return <Left estimate={estimate} budget={known.budget} />;
}

function Left(props: { estimate: CostEstimate; budget: EstimatedBudget }) {
  const { estimate, budget } = props;
  const { complete, currency, hoursPerMonth, monthly } = estimate;
  const { daysLeft, end, entityRef, forecast, id, most, start, title } = budget;
  const { t } = useScalingTranslation();
  return (
    <>
      <Typography variant="body2">
        <Link
          to={`${BUDGETS}?budget=${encodeURIComponent(id)}`}
          underline="always"
        >
          {title}
        </Link>
        {', '}
        {formatDayRange(start, end, yearOf(start))}
        {', '}
        {t('stamping.cost.team.of')}{' '}
        <EntityRefLink entityRef={entityRef} underline="always" />
      </Typography>
      <Room budget={budget} complete={complete} currency={currency} />
      <TeamBudgetTable budget={budget} currency={currency} />
      <Typography variant="body2" color="textSecondary">
        {t('stamping.cost.team.formula', {
          monthly: formatMoney(BigInt(monthly.max), currency),
          days: String(daysLeft),
          hours: String(hoursPerMonth),
          takes: formatMoney(BigInt(most.takes), currency),
        })}{' '}
        {t(
          forecast === undefined
            ? 'stamping.cost.team.leftOfSpent'
            : 'stamping.cost.team.leftOfForecast',
        )}
      </Typography>
    </>
  );
}

/** Whether there is room for it, in a sentence; a warning where there is none. */
function Room(props: {
  budget: EstimatedBudget;
  complete: boolean;
  currency: string;
}) {
  const { budget, complete, currency } = props;
  const { t } = useScalingTranslation();
  const over = (left: string) => formatMoney(-BigInt(left), currency);
  switch (roomInBudget(budget, complete)) {
    case 'overAlready':
      return (
        <Notice severity="warning">
          {t('stamping.cost.team.overAlready', { over: over(budget.left) })}
        </Notice>
      );
    case 'over':
      return (
        <Notice severity="warning">
          {t('stamping.cost.team.over', { over: over(budget.fewest.left) })}
        </Notice>
      );
    case 'overAtMost':
      return (
        <Notice severity="warning">
          {t('stamping.cost.team.overAtMost', {
            over: over(budget.most.left),
          })}
        </Notice>
      );
    case 'held':
      return (
        <Typography variant="body2">{t('stamping.cost.team.held')}</Typography>
      );
    default:
      return (
        <Typography variant="body2">
          {t('stamping.cost.team.undecided')}{' '}
          {!complete && t('stamping.cost.team.notPriced')}{' '}
          {budget.atMost && t('stamping.cost.team.atMost')}{' '}
          {budget.forecast === undefined && t('stamping.cost.team.noForecast')}
        </Typography>
      );
  }
}
