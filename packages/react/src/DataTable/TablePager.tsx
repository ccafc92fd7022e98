import TablePagination from '@material-ui/core/TablePagination';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';
import { PAGE_SIZES } from './useTableState';

/** Leafs through a table that is longer than its smallest page. */
export function TablePager(props: {
  /** Rows on all pages. */
  count: number;
  /** From 0. */
  page: number;
  pageSize: number;
  onPage: (page: number) => void;
  onPageSize: (size: number) => void;
}) {
  const { count, page, pageSize, onPage, onPageSize } = props;
  const { t } = useHeadroomTranslation();
  if (count <= PAGE_SIZES[0]) {
    return null;
  }
  return (
    <TablePagination
      component="div"
      data-no-print=""
      count={count}
      page={page}
      onPageChange={(_, next) => onPage(next)}
      rowsPerPage={pageSize}
      rowsPerPageOptions={PAGE_SIZES}
      onRowsPerPageChange={event => onPageSize(Number(event.target.value))}
      labelRowsPerPage={t('table.rowsPerPage')}
      labelDisplayedRows={({ from, to, count: all }) =>
        t('table.displayedRows', {
          from: String(from),
          to: String(to),
          all: String(all),
        })
      }
      backIconButtonText={t('table.previousPage')}
      nextIconButtonText={t('table.nextPage')}
      SelectProps={{
        native: true,
        inputProps: { 'aria-label': t('table.rowsPerPage') },
      }}
    />
  );
}
