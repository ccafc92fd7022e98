import Typography from '@material-ui/core/Typography';
import { ReportWindow } from '@headroom/common';
import { BreakdownRow, CostScope } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  DataTable,
  formatChange,
  formatQuantity,
  formatShare,
  toMicros,
} from '@headroom/react';
import { CostTranslate, useCostTranslation } from '../../useCostTranslation';
import { costColumns } from '../costColumns';
import { CostPart } from '../colors';
import { partsInUse } from '../parts';
import { RowLabel } from './RowLabel';
import { rowChange } from './rowChange';
import { breakdownRowName, RowDimension } from './rowName';
import { ShareBar } from './ShareBar';

/** How a row changed. Stays where no row can say it: a column that comes and goes explains nothing. */
function changeColumn(
  comparable: boolean,
  t: CostTranslate,
): DataColumn<BreakdownRow> {
  return {
    id: 'change',
    title: t('column.change'),
    hint: t('hint.change'),
    numeric: true,
    value: row => rowChange(row, comparable),
    render: row => {
      const ratio = rowChange(row, comparable);
      if (ratio !== undefined) {
        return formatChange(ratio);
      }
      return row.previousTotal === '0' ? t('column.new') : '\u2013';
    },
  };
}

/** Columns that only some reports can fill: shown when any row can. */
function optionalColumns(
  rows: readonly BreakdownRow[],
  t: CostTranslate,
): DataColumn<BreakdownRow>[] {
  const columns: DataColumn<BreakdownRow>[] = [
    {
      id: 'efficiency',
      title: t('figure.efficiency'),
      hint: t('hint.efficiency'),
      numeric: true,
      value: row => row.efficiency,
      render: row =>
        row.efficiency === undefined ? '\u2013' : formatShare(row.efficiency),
    },
    {
      id: 'gpuHours',
      title: t('column.gpuHours'),
      hint: t('hint.gpuHours'),
      numeric: true,
      value: row => row.gpuHours,
      render: row =>
        row.gpuHours === undefined ? '\u2013' : formatQuantity(row.gpuHours),
    },
    {
      id: 'gpuBusy',
      title: t('column.gpuBusy'),
      hint: t('hint.gpuBusy'),
      csvTitle: t('column.gpuBusyHours'),
      numeric: true,
      value: row => row.gpuBusyHours,
      render: row =>
        row.gpuBusyHours === undefined
          ? '\u2013'
          : formatQuantity(row.gpuBusyHours),
    },
  ];
  return columns.filter(column =>
    rows.some(row => column.value(row) !== undefined),
  );
}

/** Cost by one dimension: each value has a row with its parts, change and efficiency. */
export function BreakdownTable(props: {
  id: string;
  /** What a row is. */
  dimension: RowDimension;
  label: string;
  rows: BreakdownRow[];
  window: ReportWindow;
  currency: string;
  scope: CostScope;
  fileName: string;
}) {
  const { id, dimension, label, rows, window, currency, scope, fileName } =
    props;
  const { t } = useCostTranslation();
  const comparable = window.partialDay === undefined;
  const parts: CostPart[] = partsInUse(rows);
  const largest = rows.reduce((most, row) => {
    const total = toMicros(row.total);
    return total > most ? total : most;
  }, 0n);
  const columns: DataColumn<BreakdownRow>[] = [
    {
      id: 'label',
      title: t(`dimension.${dimension}`),
      value: row => breakdownRowName(row, dimension, t),
      render: row => (
        <>
          <RowLabel row={row} dimension={dimension} scope={scope} />
          <ShareBar row={row} parts={parts} largest={largest} />
        </>
      ),
    },
    ...costColumns<BreakdownRow>({ parts, currency, t }),
    changeColumn(comparable, t),
    ...optionalColumns(rows, t),
  ];
  const noChange =
    rows.length > 0 &&
    rows.every(
      row =>
        rowChange(row, comparable) === undefined && row.previousTotal !== '0',
    );
  return (
    <>
      <DataTable
        id={id}
        label={label}
        columns={columns}
        rows={rows}
        rowKey={row => row.key}
        initialSorting={{ column: 'total', direction: 'desc' }}
        isPinned={row => row.kind !== 'normal'}
        fileName={fileName}
      />
      {noChange && (
        <Typography variant="body2" color="textSecondary">
          {t('breakdown.noChange')}
        </Typography>
      )}
    </>
  );
}
