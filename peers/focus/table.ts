/** Charges as a validator reads them; quotes are written where they are needed. */
export interface Table {
  columns: string[];
  rows: Array<Record<string, string>>;
}

/** Reads what RFC 4180 calls CSV, with the line ends of any system; no field of a charge has a line break. */
export function readTable(csv: string): Table {
  const [columns, ...lines] = csv.trimEnd().split(/\r?\n/).map(readLine);
  return {
    columns,
    rows: lines.map(fields =>
      Object.fromEntries(columns.map((column, i) => [column, fields[i]])),
    ),
  };
}

export function writeTable({ columns, rows }: Table): string {
  const lines = rows.map(row => columns.map(column => row[column] ?? ''));
  return [columns, ...lines]
    .map(fields => `${fields.map(quoted).join(',')}\r\n`)
    .join('');
}

function readLine(line: string): string[] {
  // Each field after a comma, so that an empty first one is a field, too.
  return [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, text, bare]) => text?.replaceAll('""', '"') ?? bare,
  );
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
