import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '../adviceQuality/InputError';
import { labelOf } from './labelOf';
import { LabelledSeries } from './LabelledSeries';

/**
 * Reads series `TimeStamp,Value[,Label]` from the folders in a folder, or from the
 * folder itself. Timestamps are ISO 8601, or without a zone in UTC; an empty value is
 * not known; labels are 1 and 0, or true and false. A series without one label has none.
 *
 * @throws InputError that names the file, and the line and the value where one is wrong
 */
export function readFolders(dir: string): LabelledSeries[] {
  const folders = entriesOf(dir)
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const series = ['.', ...folders].flatMap(folder =>
    entriesOf(path.join(dir, folder))
      .filter(entry => entry.isFile() && entry.name.endsWith('.csv'))
      .map(entry => entry.name)
      .sort()
      .map(file =>
        readFile(
          path.join(dir, folder, file),
          folder === '.' ? path.basename(path.resolve(dir)) : folder,
        ),
      ),
  );
  if (series.length === 0) {
    throw new InputError(`${dir}: no .csv file in this folder or those in it`);
  }
  return series;
}

function entriesOf(dir: string): fs.Dirent[] {
  try {
    return fs.readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    throw new InputError(
      `${dir}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function readFile(file: string, folder: string): LabelledSeries {
  const [header, ...lines] = fs.readFileSync(file, 'utf8').split(/\r?\n/);
  const columns = fieldsOf(header).map(name => name.toLowerCase());
  const [tsAt, valueAt, labelAt] = ['timestamp', 'value', 'label'].map(name =>
    columns.indexOf(name),
  );
  if (tsAt < 0 || valueAt < 0) {
    throw new InputError(
      `${file}, line 1: "${header}" has no columns TimeStamp and Value`,
    );
  }
  const rows = lines.flatMap((line, index) => {
    if (line.trim() === '') {
      return [];
    }
    const fields = fieldsOf(line);
    const place = `${file}, line ${index + 2}`;
    return [
      {
        timestamp: fields[tsAt],
        at: instantOf(fields[tsAt], place),
        value: valueOf(fields[valueAt], place),
        label: labelOf(fields[labelAt], place),
      },
    ];
  });
  if (rows.length === 0) {
    throw new InputError(`${file}: no points`);
  }
  return {
    folder,
    name: `${folder}/${path.basename(file, '.csv')}`,
    timestamps: rows.map(row => row.timestamp),
    at: Float64Array.from(rows, row => row.at),
    values: Float64Array.from(rows, row => row.value),
    ...(rows.some(({ label }) => label !== undefined) && {
      labels: Uint8Array.from(rows, ({ label }) => label ?? 0),
    }),
  };
}

/** These files quote what needs no quotes. */
function fieldsOf(line: string): string[] {
  return line.split(',').map(field => field.trim().replace(/^"(.*)"$/, '$1'));
}

function instantOf(field: string | undefined, place: string): number {
  const text = field ?? '';
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/i.test(text);
  const at = Date.parse(hasZone ? text : `${text.replace(' ', 'T')}Z`);
  if (Number.isNaN(at)) {
    throw new InputError(
      `${place}: TimeStamp is "${text}"; it takes a moment such as 2026-03-02T14:00:00Z`,
    );
  }
  return at;
}

function valueOf(field: string | undefined, place: string): number {
  if (!field) {
    return NaN;
  }
  const value = Number(field);
  if (Number.isNaN(value) && !/^nan$/i.test(field)) {
    throw new InputError(`${place}: Value is "${field}"; it takes a number`);
  }
  return Number.isFinite(value) ? value : NaN;
}
