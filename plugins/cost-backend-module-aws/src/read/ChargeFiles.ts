import {
  BillCharge,
  focusColumnsOf,
  FocusReader,
} from '@headroom/plugin-cost-common';
import { ChargeFile, DataFile } from './DataFile';

/** Reads files of charges. */
export class ChargeFiles {
  readonly #tags: readonly string[];

  static create(options: { tags: readonly string[] }) {
    return new ChargeFiles(options.tags);
  }

  private constructor(tags: readonly string[]) {
    this.#tags = tags;
  }

  /**
   * The charges of a file in pieces, in the order of its rows.
   *
   * @throws BillFileError that names the file, and the row where it is one.
   */
  read(file: ChargeFile, signal: AbortSignal): AsyncGenerator<BillCharge[]> {
    return DataFile.open(file, signal, opened =>
      this.#chargesOf(file.name, opened),
    );
  }

  async *#chargesOf(
    name: string,
    opened: DataFile,
  ): AsyncGenerator<BillCharge[]> {
    const header = focusColumnsOf(opened.columns);
    const focus = FocusReader.create({
      file: name,
      // All of them where some are missing, as the error names what there is.
      header: header.length > 0 ? header : opened.columns,
      tags: this.#tags,
    });
    for await (const rows of opened.rows(header)) {
      const charges: BillCharge[] = [];
      for (const row of rows) {
        charges.push(focus.read(row));
      }
      yield charges;
    }
  }
}
