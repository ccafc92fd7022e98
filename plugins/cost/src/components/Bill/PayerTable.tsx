import { useApi } from '@backstage/core-plugin-api';
import {
  BILL_PAYER_SORTS,
  BillBasis,
  BillPayer,
  BillPayersQuery,
  CostScope,
  costReadPermission,
} from '@headroom/plugin-cost-common';
import {
  csvBlob,
  csvTable,
  DataColumn,
  DownloadButton,
  entityName,
  PagedTable,
  ReportFailed,
  RowsSkeleton,
  toMicros,
  useReport,
  useTableState,
} from '@headroom/react';
import { useCallback, useMemo } from 'react';
import { allRows } from '../../allRows';
import { costApiRef } from '../../api';
import { BillTranslate, useBillTranslation } from '../../useBillTranslation';
import { moneyColumn } from '../costColumns';
import { CostEntityLink } from '../CostEntityLink';

/** What each service pays of the bill of a month in one currency: sorted, filtered and paged by the server. */
export function PayerTable(props: {
  /** `YYYY-MM`. */
  month: string;
  basis: BillBasis;
  currency: string;
  scope: CostScope;
  fileName: string;
}) {
  const { month, basis, currency, scope, fileName } = props;
  const { t } = useBillTranslation();
  const api = useApi(costApiRef);
  const columns = payerColumns({ t, currency, scope });
  // There is a table for each currency that a month is billed in.
  const id = `bill-payers-${currency}`;
  const table = useTableState(id, columns, {
    column: 'paid',
    direction: 'desc',
  });
  const { page, pageSize, filter } = table;
  const { column, direction } = table.sorting;
  const picks = useMemo<BillPayersQuery>(
    () => ({
      month,
      basis,
      currency,
      q: filter.trim() || undefined,
      sort: BILL_PAYER_SORTS.find(sort => sort === column),
      order: direction,
    }),
    [month, basis, currency, filter, column, direction],
  );
  const load = useCallback(
    async (signal: AbortSignal) => {
      const query = { ...picks, offset: page * pageSize, limit: pageSize };
      const list = await api.getBillPayers(query, { signal });
      return { list, asked: { picks, page, pageSize } };
    },
    [api, picks, page, pageSize],
  );
  // Rows stay in place while others of the same bill are on their way.
  const { state, retry } = useReport(
    load,
    `bill payers ${month} ${basis} ${currency}`,
  );
  if (state.status === 'loading') {
    return <RowsSkeleton rows={3} />;
  }
  if (state.status !== 'ok') {
    return (
      <ReportFailed
        error={state.error}
        permission={costReadPermission.name}
        onRetry={retry}
      />
    );
  }
  const { list, asked } = state.value;
  return (
    <PagedTable
      id={id}
      label={t('payers')}
      columns={columns}
      rows={list.payers}
      rowKey={row => row.entityRef}
      count={list.totalRows}
      page={page}
      pageSize={pageSize}
      onPage={table.setPage}
      onPageSize={size => {
        table.setPage(0);
        table.setPageSize(size);
      }}
      sorting={table.sorting}
      onSort={table.setSorting}
      text={filter}
      onText={table.setFilter}
      busy={
        asked.picks !== picks ||
        asked.page !== page ||
        asked.pageSize !== pageSize
      }
      exportButton={
        <DownloadButton
          label={t('payersCsv')}
          hint={t('payersCsvHint')}
          fileName={`${fileName}-payers.csv`}
          load={async () =>
            csvBlob(
              csvTable(
                await allRows<BillPayer>(
                  async rows => {
                    const all = await api.getBillPayers({ ...picks, ...rows });
                    return { rows: all.payers, totalRows: all.totalRows };
                  },
                  row => row.entityRef,
                ),
                columns,
              ),
            )
          }
          failed={t('payersCsvFailed')}
          refused={reason => t('payersCsvRefused', { reason })}
        />
      }
    />
  );
}

/** The server sorts by their ids. */
function payerColumns(options: {
  t: BillTranslate;
  currency: string;
  scope: CostScope;
}): DataColumn<BillPayer>[] {
  const { t, currency, scope } = options;
  const nameOf = (row: BillPayer) => row.title ?? entityName(row.entityRef);
  return [
    {
      id: 'service',
      title: t('payer'),
      value: nameOf,
      render: row => (
        <CostEntityLink entityRef={row.entityRef} scope={scope}>
          {nameOf(row)}
        </CostEntityLink>
      ),
    },
    moneyColumn<BillPayer>({
      id: 'estimated',
      title: t('estimated'),
      hint: t('estimatedHint'),
      currency,
      micros: row =>
        row.estimated === undefined ? undefined : toMicros(row.estimated),
    }),
    moneyColumn<BillPayer>({
      id: 'machines',
      title: t('nodesOf'),
      currency,
      micros: row => toMicros(row.machines),
    }),
    moneyColumn<BillPayer>({
      id: 'direct',
      title: t('direct'),
      currency,
      micros: row => toMicros(row.direct),
    }),
    moneyColumn<BillPayer>({
      id: 'paid',
      title: t('paid'),
      currency,
      micros: row => toMicros(row.machines) + toMicros(row.direct),
    }),
  ];
}
