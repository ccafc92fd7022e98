import {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
} from '@duckdb/node-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { FocusRow } from '@headroom/plugin-cost-common';
import { checkArchive } from './checkArchive';
import { DataFormat } from './dataFormat';
import { orFileError } from './orFileError';

/** A file of charges on this machine. */
export interface ChargeFile {
  /** Named in errors. */
  name: string;
  path: string;
  format: DataFormat;
}

/**
 * What DuckDB may take, however large a file is. Of Parquet it holds a page of each
 * column that is read: 1 MiB as most write them, 100 MiB as DuckDB itself does.
 */
const MEMORY: Record<DataFormat, string> = { csv: '96MB', parquet: '1GB' };
const THREADS = '1';
/** One line of a CSV file; tags may be long. */
const LONGEST_LINE_BYTES = 1 * 2 ** 20;

/**
 * A file of charges, opened by DuckDB: it knows CSV, gzip and Parquet, and gives
 * rows while it still reads, away from the event loop. Nothing is asked of the
 * network.
 */
export class DataFile {
  readonly #file: ChargeFile;
  readonly #connection: DuckDBConnection;
  readonly #types: ReadonlyMap<string, string>;
  readonly #signal: AbortSignal;

  /**
   * Opens a file for as long as `work` takes from it.
   *
   * @throws BillFileError that names the file when it can't be read.
   */
  static async *open<T>(
    file: ChargeFile,
    signal: AbortSignal,
    work: (opened: DataFile) => AsyncIterable<T>,
  ): AsyncGenerator<T> {
    await checkArchive(file, signal);
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: MEMORY[file.format],
      threads: THREADS,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    try {
      const connection = await instance.connect();
      const stop = () => connection.interrupt();
      signal.addEventListener('abort', stop);
      try {
        await connection.run("SET TimeZone = 'UTC'");
        const types = await orFileError(file, signal, async () => {
          const described = await connection.runAndReadAll(
            `DESCRIBE SELECT * FROM ${tableSql(file)}`,
          );
          return described
            .getRowObjectsJS()
            .map(
              row =>
                [String(row.column_name), String(row.column_type)] as const,
            );
        });
        yield* work(new DataFile(file, connection, new Map(types), signal));
      } finally {
        signal.removeEventListener('abort', stop);
        connection.closeSync();
      }
    } finally {
      instance.closeSync();
    }
  }

  private constructor(
    file: ChargeFile,
    connection: DuckDBConnection,
    types: ReadonlyMap<string, string>,
    signal: AbortSignal,
  ) {
    this.#file = file;
    this.#connection = connection;
    this.#types = types;
    this.#signal = signal;
  }

  /** Names of its columns. */
  get columns(): string[] {
    return [...this.#types.keys()];
  }

  /**
   * Its rows in pieces, in their order, with the values of some columns as text; a
   * column that it has not is null. A row is the array of the one before it.
   *
   * @throws BillFileError that names the file when it can't be read to its end.
   */
  async *rows(columns: readonly string[]): AsyncGenerator<Generator<FocusRow>> {
    const signal = this.#signal;
    const selected = columns.map(name => asText(name, this.#types.get(name)));
    // Where reading fails on its way, chunks end as they do where all was read. So the
    // last row is one of ours, which comes after all of the file and not without them.
    const result = await orFileError(this.#file, signal, () =>
      this.#connection.stream(
        `SELECT ${selected}, false FROM ${tableSql(this.#file)}
         UNION ALL SELECT ${selected.map(() => 'NULL')}, true`,
      ),
    );
    let isWhole = false;
    for (;;) {
      signal.throwIfAborted();
      const chunk = await orFileError(this.#file, signal, () =>
        result.fetchChunk(),
      );
      if (!chunk || chunk.rowCount === 0) {
        break;
      }
      isWhole = isLast(chunk, columns.length);
      const rows = chunk.rowCount - (isWhole ? 1 : 0);
      if (rows > 0) {
        yield rowsOf(chunk, { columns: columns.length, rows });
      }
    }
    // What is interrupted ends like that, too.
    signal.throwIfAborted();
    if (!isWhole) {
      await this.#throwWhatStopped(selected);
    }
  }

  /**
   * Reads once more what a stream has failed in, by a query that throws why.
   *
   * @throws ServiceUnavailableError when it does not fail again: then it is no fault of
   * the file.
   */
  async #throwWhatStopped(selected: readonly string[]): Promise<never> {
    await orFileError(this.#file, this.#signal, () =>
      this.#connection.run(
        `SELECT bit_xor(hash(${selected})) FROM ${tableSql(this.#file)}`,
      ),
    );
    this.#signal.throwIfAborted();
    throw new ServiceUnavailableError(
      `${
        this.#file.name
      } can't be read: it ended before its last row, and did not when it was read once more`,
    );
  }
}

/** Whether the last row of a chunk is the last of all, which a column says. */
function isLast(chunk: DuckDBDataChunk, column: number): boolean {
  return chunk.getColumnVector(column).getItem(chunk.rowCount - 1) === true;
}

/** The first rows of a chunk, each in the array of the one before: what is read is not kept. */
function* rowsOf(
  chunk: DuckDBDataChunk,
  count: { columns: number; rows: number },
): Generator<FocusRow> {
  const columns = Array.from(
    { length: count.columns },
    (_, column) => chunk.getColumnValues(column) as Array<string | null>,
  );
  const row: Array<string | null> = [];
  for (let at = 0; at < count.rows; at += 1) {
    columns.forEach((values, column) => {
      row[column] = values[at];
    });
    yield row;
  }
}

/** Folders such as `BILLING_PERIOD=2026-11` are no columns. */
function tableSql({ path, format }: ChargeFile): string {
  const text = `'${path.replaceAll("'", "''")}'`;
  return format === 'parquet'
    ? `read_parquet(${text}, hive_partitioning = false)`
    : `read_csv(${text}, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"',
        encoding = 'utf-8', hive_partitioning = false, max_line_size = ${LONGEST_LINE_BYTES}, buffer_size = ${
        4 * LONGEST_LINE_BYTES
      })`;
}

/** Numbers and moments of Parquet as the text they have in CSV; tags that are a map, or a list of pairs, as JSON. */
function asText(name: string, type: string | undefined): string {
  if (type === undefined) {
    return 'CAST(NULL AS VARCHAR)';
  }
  const column = `"${name.replaceAll('"', '""')}"`;
  return /^(MAP|STRUCT)\b|\[\]$/.test(type)
    ? `CAST(to_json(${column}) AS VARCHAR)`
    : `CAST(${column} AS VARCHAR)`;
}
