import { EntityBillOfCurrency } from '@headroom/plugin-cost-common';
import {
  DataTable,
  formatCount,
  formatMonth,
  Section,
  toMicros,
} from '@headroom/react';
import { useBillTranslation } from '../../useBillTranslation';
import { moneyColumn } from '../costColumns';

type Resource = EntityBillOfCurrency['resources'][number];
type Month = EntityBillOfCurrency['months'][number];

interface TableProps {
  bill: EntityBillOfCurrency;
  fileName: string;
}

/** Which charges it is: by resource of the provider, with what they were at list prices. */
export function ResourceTable({ bill, fileName }: TableProps) {
  const { currency, resources } = bill;
  const { t } = useBillTranslation();
  return (
    <Section title={t('own.charges')} subtitle={t('own.chargesHint')}>
      <DataTable
        id="entity-bill-resources"
        label={t('own.charges')}
        columns={[
          {
            id: 'resource',
            title: t('own.resource'),
            value: (row: Resource) => row.key || t('none'),
          },
          {
            id: 'service',
            title: t('dimension.service'),
            value: row => row.service,
          },
          {
            id: 'region',
            title: t('dimension.region'),
            value: row => row.region || t('none'),
          },
          moneyColumn<Resource>({
            id: 'amount',
            title: t('amount'),
            currency,
            micros: row => toMicros(row.amount),
          }),
          moneyColumn<Resource>({
            id: 'list',
            title: t('list'),
            currency,
            micros: row => toMicros(row.list),
          }),
          {
            id: 'charges',
            title: t('charges'),
            numeric: true,
            value: row => row.charges,
            render: row => formatCount(row.charges),
          },
        ]}
        rows={resources}
        rowKey={row => `${row.key}/${row.service}/${row.region}`}
        initialSorting={{ column: 'amount', direction: 'desc' }}
        fileName={`${fileName}-resources`}
      />
    </Section>
  );
}

/** Month by month, as far as there are bills. */
export function MonthTable({ bill, fileName }: TableProps) {
  const { currency, months } = bill;
  const { t } = useBillTranslation();
  return (
    <Section title={t('own.byMonth')} subtitle={t('own.byMonthHint')}>
      <DataTable
        id="entity-bill-months"
        label={t('own.byMonth')}
        columns={[
          {
            id: 'month',
            title: t('month'),
            value: (row: Month) => row.period,
            render: row => formatMonth(row.period),
          },
          moneyColumn<Month>({
            id: 'amount',
            title: t('amount'),
            currency,
            micros: row => toMicros(row.amount),
          }),
        ]}
        rows={months}
        rowKey={row => row.period}
        initialSorting={{ column: 'month', direction: 'desc' }}
        fileName={`${fileName}-months`}
      />
    </Section>
  );
}
