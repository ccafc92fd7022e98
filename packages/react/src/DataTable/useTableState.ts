import { useState } from 'react';
import { useUrlParam } from '../useUrlParam';
import { DataColumn, parseSorting, Sorting, sortingText } from './columns';

/** Rows of a page to choose from. */
export const PAGE_SIZES = [10, 25, 50, 100];

/**
 * How a {@link DataTable} or a {@link PagedTable} is looked at. Filter and order live in the URL under the table's
 * id; the page doesn't, for it means nothing once the rows change.
 *
 * @public
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
  const setSorting = (next: Sorting) => {
    setPage(0);
    setSortText(sortingText(next));
  };
  return {
    filter,
    setFilter,
    sorting,
    setSorting,
    page,
    setPage,
    pageSize,
    setPageSize,
  };
}
