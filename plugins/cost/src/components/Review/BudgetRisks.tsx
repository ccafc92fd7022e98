import Typography from '@material-ui/core/Typography';
import { Link } from '@backstage/core-components';
import { addDays } from '@headroom/common';
import { budgetOver, ReviewBudget } from '@headroom/plugin-cost-common';
import {
  DataTable,
  entityName,
  formatDay,
  Money,
  Section,
  toMicros,
} from '@headroom/react';
import { useReviewTranslation } from '../../useReviewTranslation';

/** Budgets that were over, or forecast to be; each in its own currency. */
export function BudgetRisks(props: {
  /** Absent = not known of that time. */
  budgets?: ReviewBudget[];
  /** How many there are of them in all. */
  atRisk?: number;
  fileName: string;
}) {
  const { budgets, atRisk, fileName } = props;
  const { t } = useReviewTranslation();
  const nameOf = ({ title, scope, id }: ReviewBudget) =>
    title ?? ('entityRef' in scope ? entityName(scope.entityRef) : id);
  const money = (
    id: string,
    title: string,
    micros: (row: ReviewBudget) => bigint | undefined,
  ) => ({
    id,
    title,
    numeric: true,
    value: micros,
    render: (row: ReviewBudget) => {
      const amount = micros(row);
      return amount === undefined ? (
        t('figure.unknown')
      ) : (
        <Money micros={amount} currency={row.currency} />
      );
    },
  });
  return (
    <Section title={t('budgets.title')} subtitle={t('budgets.subtitle')}>
      {budgets === undefined && t('budgets.unknown')}
      {budgets?.length === 0 && t('budgets.none')}
      {budgets && atRisk !== undefined && atRisk > budgets.length && (
        <Typography variant="body2" paragraph>
          {t('budgets.furthest', {
            shown: String(budgets.length),
            all: String(atRisk),
          })}{' '}
          <Link to="../budgets">{t('budgets.all')}</Link>
        </Typography>
      )}
      {budgets && budgets.length > 0 && (
        <DataTable
          id="review-budgets"
          label={t('budgets.title')}
          columns={[
            {
              id: 'budget',
              title: t('budgets.budget'),
              value: nameOf,
              render: row => (
                <Link to={`../budgets?budget=${encodeURIComponent(row.id)}`}>
                  {nameOf(row)}
                </Link>
              ),
            },
            {
              id: 'until',
              title: t('budgets.until'),
              value: row => row.end,
              render: row => formatDay(addDays(row.end, -1)),
            },
            money('over', t('budgets.over'), budgetOver),
            money('limit', t('budgets.limit'), row => toMicros(row.limit)),
            money('spent', t('budgets.spent'), row => toMicros(row.spent)),
            money('forecast', t('budgets.forecast'), row =>
              row.forecast ? toMicros(row.forecast.total) : undefined,
            ),
          ]}
          rows={budgets}
          rowKey={row => row.id}
          initialSorting={{ column: 'over', direction: 'desc' }}
          fileName={`${fileName}-budgets`}
        />
      )}
    </Section>
  );
}
