import Typography from '@material-ui/core/Typography';
import {
  BillMachinesRow,
  BillOfCurrency,
  BillRow,
} from '@headroom/plugin-cost-common';
import { DataTable, formatCount, formatMoney, toMicros } from '@headroom/react';
import { useBillTranslation } from '../../useBillTranslation';
import { moneyColumn } from '../costColumns';
import { BillGrouping } from './groupings';

interface TableProps {
  bill: BillOfCurrency;
  fileName: string;
}

/** The bill by one dimension. */
export function BillRowTable(props: TableProps & { groupBy: BillGrouping }) {
  const { bill, fileName, groupBy } = props;
  const { currency, rows, others } = bill;
  const { t } = useBillTranslation();
  const dimension = t(`dimension.${groupBy}`);
  return (
    <>
      <DataTable
        id="bill"
        label={t('by', { dimension })}
        columns={[
          {
            id: 'key',
            title: dimension,
            value: (row: BillRow) => row.key || t('none'),
          },
          moneyColumn<BillRow>({
            id: 'amount',
            title: t('amount'),
            currency,
            micros: row => toMicros(row.amount),
          }),
          moneyColumn<BillRow>({
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
        rows={rows}
        rowKey={row => row.key}
        initialSorting={{ column: 'amount', direction: 'desc' }}
        fileName={`${fileName}-by-${groupBy}`}
      />
      {others && (
        <Typography variant="body2" color="textSecondary">
          {t('others', {
            count: others.rows,
            amount: formatMoney(toMicros(others.amount), currency),
          })}
        </Typography>
      )}
    </>
  );
}

/** How what nodes were estimated to cost was moved to what they were billed. */
export function NodeTable({ bill, fileName }: TableProps) {
  const { currency, machines } = bill;
  const { t } = useBillTranslation();
  const estimatedOf = (row: BillMachinesRow) =>
    row.estimated === undefined ? undefined : toMicros(row.estimated);
  return (
    <DataTable
      id="bill-nodes"
      label={t('nodes')}
      columns={[
        {
          id: 'cluster',
          title: t('cluster'),
          value: (row: BillMachinesRow) => `${row.cluster} · ${row.region}`,
        },
        {
          id: 'capacity',
          title: t('capacityType'),
          value: row => row.capacityType,
        },
        moneyColumn<BillMachinesRow>({
          id: 'estimated',
          title: t('estimated'),
          hint: t('estimatedHint'),
          currency,
          micros: estimatedOf,
        }),
        moneyColumn<BillMachinesRow>({
          id: 'billed',
          title: t('billed'),
          currency,
          micros: row => toMicros(row.amount),
        }),
        moneyColumn<BillMachinesRow>({
          id: 'difference',
          title: t('difference'),
          currency,
          change: true,
          micros: row => {
            const estimated = estimatedOf(row);
            return estimated === undefined
              ? undefined
              : toMicros(row.amount) - estimated;
          },
        }),
      ]}
      rows={machines}
      rowKey={row => `${row.cluster}/${row.region}/${row.capacityType}`}
      initialSorting={{ column: 'billed', direction: 'desc' }}
      fileName={`${fileName}-nodes`}
    />
  );
}
