import { CSV_LINE_END, csvLine } from '@headroom/common';

/** A cell of a CSV file; undefined is an empty cell, not a zero. @public */
export type CsvCell = Parameters<typeof csvLine>[0][number];

/**
 * A name that every file system takes: what a cluster or a service is called may
 * have slashes, colons and blanks.
 *
 * @public
 */
export function safeFileName(name: string): string {
  return name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, '-');
}

/** Hands a file to the browser's downloads. @public */
export function saveBlob(fileName: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = safeFileName(fileName);
  document.body.append(link);
  link.click();
  link.remove();
  // Browsers read the blob after the click returns.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Hands a table to the browser's downloads, as UTF-8 CSV that spreadsheets recognise. @public */
export function saveCsv(
  fileName: string,
  table: { header: string[]; rows: CsvCell[][] },
): void {
  saveBlob(fileName, csvBlob(table));
}

/** A table as a file: UTF-8 CSV that spreadsheets recognise. @public */
export function csvBlob(table: { header: string[]; rows: CsvCell[][] }): Blob {
  return new Blob(['\ufeff', csvText(table)], {
    type: 'text/csv;charset=utf-8',
  });
}

/** A table as RFC 4180 text: the header, then one line per row. @public */
export function csvText(table: {
  header: string[];
  rows: CsvCell[][];
}): string {
  return [table.header, ...table.rows]
    .map(row => `${csvLine(row)}${CSV_LINE_END}`)
    .join('');
}
