import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '../adviceQuality/InputError';
import { LabelledSeries } from './LabelledSeries';
import { readFile } from './readFile';

/** What is in folders. */
export interface Folders {
  series: LabelledSeries[];
  /** Paths of files without a point, which are left out. */
  empty: string[];
}

/**
 * Reads the series in the folders in a folder, and in the folder itself.
 *
 * @throws InputError when there are none, and of a file that can't be read as one
 */
export function readFolders(dir: string): Folders {
  const folders = entriesOf(dir)
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const files = ['.', ...folders].flatMap(folder =>
    entriesOf(path.join(dir, folder))
      .filter(entry => entry.isFile() && entry.name.endsWith('.csv'))
      .map(entry => entry.name)
      .sort()
      .map(name => {
        const file = path.join(dir, folder, name);
        const shown =
          folder === '.' ? path.basename(path.resolve(dir)) : folder;
        return { file, series: readFile(file, shown) };
      }),
  );
  const series = files.flatMap(each => each.series ?? []);
  if (series.length === 0) {
    throw new InputError(
      `${dir}: no .csv file with a point in this folder or those in it`,
    );
  }
  return {
    series,
    empty: files.flatMap(each => (each.series ? [] : [each.file])),
  };
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
