import Button from '@material-ui/core/Button';
import Table from '@material-ui/core/Table';
import TableContainer from '@material-ui/core/TableContainer';
import TablePagination from '@material-ui/core/TablePagination';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import DownloadIcon from '@material-ui/icons/GetApp';
import { saveCsv } from '../../download';
import { useCostTranslation } from '../../useCostTranslation';
import { csvTable, DataColumn, filterRows, Sorting, sortRows } from './columns';
import { DataTableBody } from './DataTableBody';
import { DataTableFoot } from './DataTableFoot';
import { DataTableHead } from './DataTableHead';
import { PAGE_SIZES, useTableState } from './useTableState';

const useStyles = makeStyles(theme => ({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  // Ten columns fit a screen of 1280.
  table: {
    '& th, & td': {
      paddingLeft: theme.spacing(1),
      paddingRight: theme.spacing(1),
    },
  },
}));

/**
 * A table that sorts, filters, pages and exports. Pinned rows (Idle,
 * Unallocated) are left in by every filter and shown on every page.
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
}) {
  const { id, label, columns, rows, rowKey, fileName } = props;
  const { initialSorting, isPinned = () => false } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
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
      <div className={classes.tools}>
        <TextField
          id={`${id}-filter`}
          type="search"
          size="small"
          label={t('table.filter')}
          value={state.filter}
          onChange={event => state.setFilter(event.target.value)}
        />
        <Button
          size="small"
          startIcon={<DownloadIcon />}
          aria-label={t('table.exportOf', { table: label })}
          onClick={() => saveCsv(`${fileName}.csv`, csvTable(shown, columns))}
        >
          {t('table.export')}
        </Button>
      </div>
      <TableContainer
        tabIndex={0}
        role="region"
        aria-label={t('table.region', { table: label })}
      >
        <Table size="small" aria-label={label} className={classes.table}>
          <DataTableHead
            columns={columns}
            sorting={state.sorting}
            onSort={state.sortBy}
          />
          <DataTableBody
            columns={columns}
            rows={found.slice(firstIndex, firstIndex + state.pageSize)}
            pinnedRows={pinnedRows}
            rowKey={rowKey}
            nothing={t('table.nothing')}
          />
          {columns.some(column => column.total) && (
            <DataTableFoot
              columns={columns}
              rows={shown}
              label={t(
                state.filter.trim() ? 'table.totalShown' : 'table.total',
              )}
            />
          )}
        </Table>
      </TableContainer>
      {found.length > PAGE_SIZES[0] && (
        <TablePagination
          component="div"
          count={found.length}
          page={page}
          onPageChange={(_, next) => state.setPage(next)}
          rowsPerPage={state.pageSize}
          rowsPerPageOptions={PAGE_SIZES}
          onRowsPerPageChange={event => {
            state.setPage(0);
            state.setPageSize(Number(event.target.value));
          }}
          labelRowsPerPage={t('table.rowsPerPage')}
          labelDisplayedRows={({ from, to, count }) =>
            t('table.displayedRows', {
              from: String(from),
              to: String(to),
              all: String(count),
            })
          }
          backIconButtonText={t('table.previousPage')}
          nextIconButtonText={t('table.nextPage')}
          SelectProps={{
            native: true,
            inputProps: { 'aria-label': t('table.rowsPerPage') },
          }}
        />
      )}
    </div>
  );
}
