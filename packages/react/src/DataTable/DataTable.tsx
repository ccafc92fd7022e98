import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import DownloadIcon from '@material-ui/icons/GetApp';
import { ReactNode } from 'react';
import { saveCsv } from '../download/download';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';
import { usePrinting } from '../usePrinting';
import {
  csvTable,
  DataColumn,
  filterRows,
  pressedSorting,
  Sorting,
  sortRows,
} from './columns';
import { DataTableBody } from './DataTableBody';
import { DataTableFoot } from './DataTableFoot';
import { DataTableHead } from './DataTableHead';
import { TableFrame } from './TableFrame';
import { TablePager } from './TablePager';
import { TableTools } from './TableTools';
import { useTableState } from './useTableState';

/**
 * A table that sorts, filters, pages and exports. Pinned rows (Idle,
 * Unallocated) are left in by every filter and shown on every page. On paper all
 * pages are one.
 *
 * @public
 */
export function DataTable<Row>(props: {
  /** Prefix of the table's parameters in the URL. */
  id: string;
  /** Names the table for those who can't see it. */
  label: string;
  columns: DataColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  initialSorting: Sorting;
  /** File name of the export, without extension. */
  fileName: string;
  isPinned?: (row: Row) => boolean;
  /** More filters, beside that by text. */
  tools?: ReactNode;
  /** In place of the button that exports the columns. */
  exportButton?: ReactNode;
}) {
  const { id, label, columns, rows, rowKey, fileName } = props;
  const { tools, exportButton, initialSorting, isPinned = () => false } = props;
  const { t } = useHeadroomTranslation();
  const isPrinting = usePrinting();
  const state = useTableState(id, columns, initialSorting);

  const ordered = sortRows(rows, columns, state.sorting);
  const pinnedRows = ordered.filter(isPinned);
  const found = filterRows(
    ordered.filter(row => !isPinned(row)),
    columns,
    state.filter,
  );
  const page = Math.min(
    state.page,
    Math.max(0, Math.ceil(found.length / state.pageSize) - 1),
  );
  const firstIndex = page * state.pageSize;
  const shown = [...found, ...pinnedRows];

  return (
    <div>
      <TableTools
        actions={
          exportButton ?? (
            <Button
              size="small"
              startIcon={<DownloadIcon />}
              aria-label={t('table.exportOf', { table: label })}
              onClick={() =>
                saveCsv(`${fileName}.csv`, csvTable(shown, columns))
              }
            >
              {t('table.export')}
            </Button>
          )
        }
      >
        <TextField
          id={`${id}-filter`}
          type="search"
          size="small"
          label={t('table.filter')}
          value={state.filter}
          onChange={event => state.setFilter(event.target.value)}
        />
        {tools}
      </TableTools>
      <TableFrame label={label}>
        <DataTableHead
          columns={columns}
          sorting={state.sorting}
          onSort={column =>
            state.setSorting(pressedSorting(state.sorting, column))
          }
        />
        <DataTableBody
          columns={columns}
          rows={
            isPrinting
              ? found
              : found.slice(firstIndex, firstIndex + state.pageSize)
          }
          pinnedRows={pinnedRows}
          rowKey={rowKey}
          nothing={t('table.nothing')}
        />
        {columns.some(column => column.total) && (
          <DataTableFoot
            columns={columns}
            rows={shown}
            label={t(state.filter.trim() ? 'table.totalShown' : 'table.total')}
          />
        )}
      </TableFrame>
      <TablePager
        count={found.length}
        page={page}
        pageSize={state.pageSize}
        onPage={state.setPage}
        onPageSize={size => {
          state.setPage(0);
          state.setPageSize(size);
        }}
      />
    </div>
  );
}
