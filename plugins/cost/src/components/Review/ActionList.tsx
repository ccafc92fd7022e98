import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { ReviewAction } from '@headroom/plugin-cost-common';
import {
  entityName,
  formatDay,
  formatMoney,
  Section,
  Tag,
  toMicros,
} from '@headroom/react';
import { Link } from '@backstage/core-components';
import { useReviewTranslation } from '../../useReviewTranslation';
import { useCostTabHref } from '../CostEntityLink';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, paddingLeft: theme.spacing(3) },
  item: { marginBottom: theme.spacing(1) },
}));

/** What to do before the next review, who does it and until when. */
export function ActionList({ actions }: { actions: ReviewAction[] }) {
  const classes = useStyles();
  const { t } = useReviewTranslation();
  return (
    <Section title={t('actions.title')} subtitle={t('actions.subtitle')}>
      {actions.length === 0 ? (
        t('actions.none')
      ) : (
        <ol className={classes.list}>
          {actions.map(action => (
            <li key={action.key} className={classes.item}>
              <ActionText action={action} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function ActionText({ action }: { action: ReviewAction }) {
  const { kind, title, entityRef, amount, currency } = action;
  const { ownerRef, due, again } = action;
  const { t } = useReviewTranslation();
  const href = useCostTabHref();
  const nobody =
    kind === 'advice' ? t('actions.unallocated') : t('actions.part');
  const money = (micros: string) => formatMoney(toMicros(micros), currency);
  const what =
    title ?? (entityRef === undefined ? nobody : entityName(entityRef));
  const { spent, forecast, lastDay } = action.over ?? {};
  const text =
    forecast === undefined || lastDay === undefined
      ? t(`actions.${kind}`, { what, amount: money(amount) })
      : t(spent ? 'actions.budgetBoth' : 'actions.budgetForecast', {
          what,
          spent: money(spent ?? '0'),
          amount: money(forecast),
          day: formatDay(lastDay),
        });
  const isOnTab =
    entityRef?.startsWith('component:') || entityRef?.startsWith('group:');
  const path = kind === 'advice' ? '/advice' : '';
  return (
    <>
      {entityRef && isOnTab ? (
        <Link to={`${href(entityRef)}${path}`}>{text}</Link>
      ) : (
        text
      )}{' '}
      {again && <Tag tone="wait">{t('actions.again')}</Tag>}
      <Typography variant="body2" color="textSecondary">
        {ownerRef === undefined
          ? t('actions.nobody', { due: formatDay(due) })
          : t('actions.who', {
              owner: entityName(ownerRef),
              due: formatDay(due),
            })}
      </Typography>
    </>
  );
}
