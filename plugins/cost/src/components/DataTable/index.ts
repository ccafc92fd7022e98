export { DataTable } from './DataTable';
export { PagedTable } from './PagedTable';
export type { DataColumn, Sorting } from './columns';
