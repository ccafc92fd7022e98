import { ReactNode } from 'react';
import { CsvCell } from '../download/download';

/** What a column sorts by; undefined goes last in either direction. @public */
export type SortValue = string | number | bigint | undefined;

/** One column of a {@link DataTable}. @public */
export interface DataColumn<Row> {
  /** Short and stable: it stands in the URL. */
  id: string;
  title: string;
  /** Explains a term that is Headroom's own. */
  hint?: string;
  numeric?: boolean;
  /** Whether pressing the title sorts; true when absent. */
  sortable?: boolean;
  value: (row: Row) => SortValue;
  /** Shown instead of `value`. */
  render?: (row: Row) => ReactNode;
  /** Header of the column in the CSV, with its unit; `title` when absent. */
  csvTitle?: string;
  /** Exact value for the CSV; `value` when absent. */
  csv?: (row: Row) => CsvCell;
  /** Shown in the last line, over the rows that pass the filter. */
  total?: (rows: Row[]) => ReactNode;
}

/** Which column a table is sorted by. @public */
export interface Sorting {
  column: string;
  direction: 'asc' | 'desc';
}

/** The order that a press on a column's title asks for: figures start with the largest. */
export function pressedSorting(
  sorting: Sorting,
  { id, numeric }: Pick<DataColumn<never>, 'id' | 'numeric'>,
): Sorting {
  const first = numeric ? 'desc' : 'asc';
  const other = first === 'asc' ? 'desc' : 'asc';
  return {
    column: id,
    direction:
      sorting.column === id && sorting.direction === first ? other : first,
  };
}

/** `total.desc` as it stands in the URL. */
export function sortingText(sorting: Sorting): string {
  return `${sorting.column}.${sorting.direction}`;
}

/** Reads a sorting from the URL; undefined when it names no column. */
export function parseSorting<Row>(
  text: string | undefined,
  columns: DataColumn<Row>[],
): Sorting | undefined {
  const [column, direction] = text?.split('.') ?? [];
  return columns.some(({ id }) => id === column) &&
    (direction === 'asc' || direction === 'desc')
    ? { column, direction }
    : undefined;
}

function compare(left: SortValue, right: SortValue): number {
  if (typeof left === 'string' && typeof right === 'string') {
    return left.localeCompare(right, 'en-US', { numeric: true });
  }
  if (left === right) {
    return 0;
  }
  return left! < right! ? -1 : 1;
}

/** Rows in order; equal ones keep theirs, unknown values go last. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: DataColumn<Row>[],
  sorting: Sorting,
): Row[] {
  const column = columns.find(({ id }) => id === sorting.column);
  if (!column) {
    return [...rows];
  }
  const sign = sorting.direction === 'asc' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const left = column.value(a);
    const right = column.value(b);
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined);
    }
    return sign * compare(left, right);
  });
}

/** Rows with the text in one of their text columns, whatever the case. */
export function filterRows<Row>(
  rows: readonly Row[],
  columns: DataColumn<Row>[],
  text: string,
): Row[] {
  const wanted = text.trim().toLocaleLowerCase('en-US');
  if (!wanted) {
    return [...rows];
  }
  return rows.filter(row =>
    columns.some(column => {
      const value = column.value(row);
      return (
        typeof value === 'string' &&
        value.toLocaleLowerCase('en-US').includes(wanted)
      );
    }),
  );
}

/** The cells of a table's CSV, header first. @public */
export function csvTable<Row>(
  rows: readonly Row[],
  columns: DataColumn<Row>[],
): { header: string[]; rows: CsvCell[][] } {
  return {
    header: columns.map(column => column.csvTitle ?? column.title),
    rows: rows.map(row =>
      columns.map(column => {
        if (column.csv) {
          return column.csv(row);
        }
        const value = column.value(row);
        return typeof value === 'bigint' ? value.toString() : value;
      }),
    ),
  };
}
