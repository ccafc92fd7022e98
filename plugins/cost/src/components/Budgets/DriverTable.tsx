import { Link } from '@backstage/core-components';
import {
  BudgetDriver,
  BudgetReport,
  BudgetStatus,
} from '@headroom/plugin-cost-common';
import {
  DataTable,
  entityName,
  formatDayRange,
  Money,
  Section,
  toMicros,
} from '@headroom/react';
import { addDays } from '@headroom/common';
import { useBudgetTranslation } from '../../useBudgetTranslation';
import { moneyColumn } from '../costColumns';
import { useCostTabHref } from '../CostEntityLink';
import { BillLink } from './BillLink';

/** The services a budget is spent on, those that cost most first, and what advice would save on each. */
export function DriverTable(props: {
  report: BudgetReport;
  status: BudgetStatus;
  drivers: BudgetDriver[];
}) {
  const { report, status, drivers } = props;
  const { cost, currency } = report.budget;
  const { t } = useBudgetTranslation();
  const href = useCostTabHref();
  const hasBefore = drivers.every(row => row.before !== undefined);
  const nameOf = (row: BudgetDriver) =>
    row.title ?? (row.entityRef ? entityName(row.entityRef) : t('noService'));
  const saving = (row: BudgetDriver) =>
    row.savingPerMonth === undefined ? undefined : toMicros(row.savingPerMonth);
  return (
    <Section
      title={t('drivers')}
      subtitle={
        <>
          {t(hasBefore ? 'driversNote' : 'driversNoteNew', {
            window: formatDayRange(status.start, addDays(status.today, 1)),
          })}
          {cost.basis !== 'allocated' && (
            <div>
              {t('driversBilled')} <BillLink cost={cost} />
            </div>
          )}
        </>
      }
    >
      <DataTable
        id="budget-drivers"
        label={t('drivers')}
        columns={[
          {
            id: 'service',
            title: t('service'),
            value: nameOf,
            render: row =>
              row.entityRef ? (
                <Link to={href(row.entityRef)}>{nameOf(row)}</Link>
              ) : (
                nameOf(row)
              ),
          },
          moneyColumn<BudgetDriver>({
            id: 'spent',
            title: t('spent'),
            currency,
            micros: row => toMicros(row.spent),
          }),
          ...(hasBefore
            ? [
                moneyColumn<BudgetDriver>({
                  id: 'before',
                  title: t('before'),
                  currency,
                  micros: row => toMicros(row.before ?? '0'),
                }),
                moneyColumn<BudgetDriver>({
                  id: 'change',
                  title: t('change'),
                  currency,
                  change: true,
                  micros: row =>
                    toMicros(row.spent) - toMicros(row.before ?? '0'),
                }),
              ]
            : []),
          {
            ...moneyColumn<BudgetDriver>({
              id: 'saving',
              title: t('saving'),
              currency,
              micros: saving,
            }),
            render: row => {
              const micros = saving(row);
              if (micros === undefined) {
                return '–';
              }
              const money = <Money micros={micros} currency={currency} />;
              return row.entityRef ? (
                <Link to={`${href(row.entityRef)}/advice`}>{money}</Link>
              ) : (
                money
              );
            },
          },
        ]}
        rows={drivers}
        rowKey={row => row.entityRef ?? ''}
        initialSorting={{ column: 'spent', direction: 'desc' }}
        fileName={`budget-${status.start}-drivers`}
      />
    </Section>
  );
}
