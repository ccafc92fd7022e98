import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '../adviceQuality/InputError';
import { Clock, clockOf, instantOf } from './instantOf';
import { labelOf } from './labelOf';
import { LabelledSeries } from './LabelledSeries';

/**
 * Reads a series `TimeStamp,Value[,Label]`. Timestamps are ISO 8601, without a zone in UTC,
 * or all of them seconds or all milliseconds since 1970, in any order; an empty value is not
 * known; labels are 1 and 0, or true and false. A series without one label has none.
 * Undefined = the file has no points.
 *
 * @throws InputError that names the file, the line and the value that is wrong
 */
export function readFile(
  file: string,
  folder: string,
): LabelledSeries | undefined {
  const text = fs.readFileSync(file, 'utf8');
  if (text.trim() === '') {
    return undefined;
  }
  const [header, ...lines] = text.split(/\r?\n/);
  const columns = fieldsOf(header).map(name => name.toLowerCase());
  const [tsAt, valueAt, labelAt] = ['timestamp', 'value', 'label'].map(name =>
    columns.indexOf(name),
  );
  if (tsAt < 0 || valueAt < 0) {
    throw new InputError(
      `${file}, line 1: "${header}" has no columns TimeStamp and Value`,
    );
  }
  let clock: Clock | undefined;
  const rows = lines.flatMap((line, index) => {
    if (line.trim() === '') {
      return [];
    }
    const fields = fieldsOf(line);
    const place = `${file}, line ${index + 2}`;
    const timestamp = fields[tsAt] ?? '';
    clock ??= clockOf(timestamp);
    return [
      {
        timestamp,
        at: instantOf(timestamp, clock, place),
        value: valueOf(fields[valueAt], place),
        label: labelOf(fields[labelAt], place),
      },
    ];
  });
  if (rows.length === 0) {
    return undefined;
  }
  // What is of one instant stays in the order of the file.
  rows.sort((a, b) => a.at - b.at);
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
