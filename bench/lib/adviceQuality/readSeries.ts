import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { InputError } from './InputError';
import { Series } from './Series';

const SERIES_FILE = /\.csv(\.gz)?$/;

/**
 * Reads series from files `ts,value` (seconds, cores), plain or gzipped, and
 * from folders of them.
 *
 * @throws InputError that names the file, and the line and the value where one is wrong
 */
export function readSeries(paths: readonly string[]): Series[] {
  return paths.flatMap(filesIn).map(readFile);
}

function filesIn(given: string): string[] {
  let isFolder: boolean;
  try {
    isFolder = fs.statSync(given).isDirectory();
  } catch (error) {
    throw new InputError(`${given}: ${reasonOf(error)}`);
  }
  if (!isFolder) {
    return [given];
  }
  const files = fs
    .readdirSync(given)
    .filter(name => SERIES_FILE.test(name))
    .sort();
  if (files.length === 0) {
    throw new InputError(`${given}: no .csv or .csv.gz file in this folder`);
  }
  return files.map(name => path.join(given, name));
}

function readFile(file: string): Series {
  const [header, ...lines] = textOf(file).split(/\r?\n/);
  const columns = header.split(',').map(name => name.trim());
  const tsColumn = columns.indexOf('ts');
  const valueColumn = columns.indexOf('value');
  if (tsColumn < 0 || valueColumn < 0) {
    throw new InputError(
      `${file}, line 1: "${header}" has no columns ts and value`,
    );
  }
  const samples: Array<[ts: number, cores: number]> = [];
  lines.forEach((line, index) => {
    if (line.trim() !== '') {
      const fields = line.split(',');
      const place = `${file}, line ${index + 2}`;
      samples.push([
        read(fields[tsColumn], `${place}: ts`),
        read(fields[valueColumn], `${place}: value`),
      ]);
    }
  });
  if (samples.length === 0) {
    throw new InputError(`${file}: no samples`);
  }
  samples.sort(([a], [b]) => a - b);
  return {
    name: path.basename(file),
    ts: Float64Array.from(samples, ([ts]) => ts),
    cores: Float64Array.from(samples, ([, cores]) => cores),
  };
}

function textOf(file: string): string {
  try {
    const bytes = fs.readFileSync(file);
    return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    throw new InputError(`${file}: ${reasonOf(error)}`);
  }
}

function read(field: string | undefined, place: string): number {
  const number = field?.trim() ? Number(field) : NaN;
  if (!Number.isFinite(number) || number < 0) {
    throw new InputError(
      `${place} is "${field ?? ''}"; it takes a number from 0`,
    );
  }
  return number;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
