/** A cell of a CSV file; undefined is an empty cell, not a zero. */
export type CsvCell = string | number | undefined;

function cellText(cell: CsvCell): string {
  if (cell === undefined) {
    return '';
  }
  if (typeof cell === 'number') {
    return Number.isFinite(cell) ? String(cell) : '';
  }
  // A spreadsheet would run text that starts like a formula; plain numbers are fine.
  const text =
    /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell)
      ? `'${cell}`
      : cell;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Rows as RFC 4180 text, lines ended by CRLF. */
export function toCsv(header: string[], rows: CsvCell[][]): string {
  return [header, ...rows]
    .map(row => `${row.map(cellText).join(',')}\r\n`)
    .join('');
}
