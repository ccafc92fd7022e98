/**
 * An export can't be read as it is: says the file, the row, the column, the value
 * and what would be right. Nothing of the export counts until it is mended.
 *
 * @public
 */
export class BillFileError extends Error {
  readonly name = 'BillFileError';
}

/** Where in an export something stands. @public */
export interface BillPlace {
  file: string;
  /** Rows of data are counted from 1; the header is none. */
  row: number;
}

const LONGEST_VALUE = 80;

/** The error about one value. @public */
export function valueError(
  { file, row }: BillPlace,
  column: string,
  value: string | null,
  wanted: string,
): BillFileError {
  const said =
    value === null
      ? 'is empty'
      : `is "${
          value.length > LONGEST_VALUE
            ? `${value.slice(0, LONGEST_VALUE)}…`
            : value
        }"`;
  return new BillFileError(
    `${file}, row ${row}: ${column} ${said}; it must be ${wanted}`,
  );
}
