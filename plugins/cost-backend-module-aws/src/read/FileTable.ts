import { BillTable } from '@headroom/plugin-cost-node';
import { FocusRow } from '@headroom/plugin-cost-common';
import { BillFiles, LocalFile } from '../files/BillFiles';
import { ChargeFile, DataFile } from './DataFile';
import { dataFormatOf } from './dataFormat';

/** All columns and rows of the files of a delivery, which stay on this machine until it is closed. */
export class FileTable implements BillTable {
  readonly columns: readonly string[];
  readonly #files: readonly ChargeFile[];
  readonly #locals: readonly LocalFile[];

  /** @throws BillFileError that names the file that can't be read. */
  static async open(
    files: BillFiles,
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<FileTable> {
    const locals: LocalFile[] = [];
    const found: ChargeFile[] = [];
    const columns = new Set<string>();
    try {
      for (const name of paths) {
        const local = await files.local(name, signal);
        locals.push(local);
        const file: ChargeFile = {
          name,
          path: local.path,
          format: dataFormatOf(name) ?? 'csv',
        };
        found.push(file);
        for await (const column of DataFile.open(file, signal, columnsOf)) {
          columns.add(column);
        }
      }
    } catch (error) {
      await releaseAll(locals);
      throw error;
    }
    return new FileTable([...columns], found, locals);
  }

  private constructor(
    columns: readonly string[],
    files: readonly ChargeFile[],
    locals: readonly LocalFile[],
  ) {
    this.columns = columns;
    this.#files = files;
    this.#locals = locals;
  }

  async *rows(signal: AbortSignal): AsyncGenerator<FocusRow[]> {
    for (const file of this.#files) {
      const pieces = DataFile.open(file, signal, opened =>
        opened.rows(this.columns),
      );
      for await (const rows of pieces) {
        yield Array.from(rows, row => [...row]);
      }
    }
  }

  close(): Promise<void> {
    return releaseAll(this.#locals);
  }
}

async function* columnsOf(file: DataFile): AsyncGenerator<string> {
  yield* file.columns;
}

async function releaseAll(locals: readonly LocalFile[]): Promise<void> {
  await Promise.all(locals.map(local => local.release()));
}
