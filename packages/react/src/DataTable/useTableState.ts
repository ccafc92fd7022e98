import { useState } from 'react';
import { useUrlParam } from '../useUrlParam';
import { DataColumn, parseSorting, Sorting, sortingText } from './columns';

/** Rows of a page to choose from. */
export const PAGE_SIZES = [10, 25, 50, 100];

/**
 * How a table is looked at. Filter and order live in the URL under the table's
 * id; the page doesn't, for it means nothing once the rows change.
 */
export function useTableState<Row>(
  id: string,
  columns: DataColumn<Row>[],
  initialSorting: Sorting,
) {
  const [filter = '', setFilterParam] = useUrlParam(`${id}.q`);
  const [sortText, setSortText] = useUrlParam(`${id}.sort`);
  const [page, setPage] = useState(0);
  const [pageSize, setPageSize] = useState(PAGE_SIZES[0]);
  const sorting = parseSorting(sortText, columns) ?? initialSorting;

  const setFilter = (text: string) => {
    setPage(0);
    setFilterParam(text);
  };
  const sortBy = (column: DataColumn<Row>) => {
    const first = column.numeric ? 'desc' : 'asc';
    const other = first === 'asc' ? 'desc' : 'asc';
    const direction =
      sorting.column === column.id && sorting.direction === first
        ? other
        : first;
    setPage(0);
    setSortText(sortingText({ column: column.id, direction }));
  };
  return {
    filter,
    setFilter,
    sorting,
    sortBy,
    page,
    setPage,
    pageSize,
    setPageSize,
  };
}
