import TextField from '@material-ui/core/TextField';
import { ReactNode, useEffect, useState } from 'react';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';
import { DataColumn, pressedSorting, Sorting } from './columns';
import { DataTableBody } from './DataTableBody';
import { DataTableHead } from './DataTableHead';
import { TableFrame } from './TableFrame';
import { TablePager } from './TablePager';
import { TableTools } from './TableTools';

/** How long nobody types before the server is asked. */
const TYPING_MS = 300;
/** As much as a server takes. */
const MAX_TEXT = 253;

/** A table of which the server sorts, filters and pages; the rows are one page. @public */
export function PagedTable<Row>(props: {
  id: string;
  /** Names the table for those who can't see it. */
  label: string;
  columns: DataColumn<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Rows on all pages. */
  count: number;
  page: number;
  pageSize: number;
  sorting: Sorting;
  text: string;
  /** Other rows are on their way. */
  busy: boolean;
  onPage: (page: number) => void;
  onPageSize: (size: number) => void;
  /** The order that a press on a column's title asks for: figures start with the largest. */
  onSort: (sorting: Sorting) => void;
  onText: (text: string) => void;
  tools?: ReactNode;
  exportButton?: ReactNode;
}) {
  const { id, label, columns, rows, rowKey, sorting, busy, onSort } = props;
  const { text, onText, count, page, pageSize, onPage } = props;
  const { t } = useHeadroomTranslation();
  const [typed, setTyped] = useState(text);
  const [asked, setAsked] = useState({ text, sent: text });
  if (asked.text !== text) {
    setAsked({ text, sent: text });
    // Others change it, too: who goes back, or a link.
    if (asked.sent !== text) {
      setTyped(text);
    }
  }
  useEffect(() => {
    if (typed === text) {
      return undefined;
    }
    const timer = setTimeout(() => {
      setAsked(before => ({ ...before, sent: typed }));
      onText(typed);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, text, onText]);
  const lastPage = Math.max(0, Math.ceil(count / pageSize) - 1);
  useEffect(() => {
    // Rows that were on the last page may be gone by now.
    if (!busy && page > lastPage) {
      onPage(lastPage);
    }
  }, [busy, page, lastPage, onPage]);
  return (
    <div>
      <TableTools actions={props.exportButton}>
        <TextField
          id={`${id}-filter`}
          type="search"
          size="small"
          label={t('table.filter')}
          value={typed}
          onChange={event => setTyped(event.target.value)}
          inputProps={{ maxLength: MAX_TEXT }}
        />
        {props.tools}
      </TableTools>
      <TableFrame label={label} busy={busy}>
        <DataTableHead
          columns={columns}
          sorting={sorting}
          onSort={column => onSort(pressedSorting(sorting, column))}
        />
        <DataTableBody
          columns={columns}
          rows={rows}
          pinnedRows={[]}
          rowKey={rowKey}
          nothing={t('table.nothing')}
        />
      </TableFrame>
      <TablePager
        count={count}
        page={Math.min(page, lastPage)}
        pageSize={pageSize}
        onPage={onPage}
        onPageSize={props.onPageSize}
      />
    </div>
  );
}
