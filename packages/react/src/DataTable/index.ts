export { DataTable } from './DataTable';
export { PagedTable } from './PagedTable';
export { csvTable } from './columns';
export type { DataColumn, Sorting, SortValue } from './columns';
export { ROW_HEADER } from './rowHeader';
export { useTableState } from './useTableState';
