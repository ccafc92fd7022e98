export { DataTable } from './DataTable';
export { PagedTable } from './PagedTable';
export type { DataColumn, Sorting, SortValue } from './columns';
export { ROW_HEADER } from './rowHeader';
