import {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
} from '@duckdb/node-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  BillCharge,
  BillFileError,
  focusColumnsOf,
  FocusReader,
  FocusRow,
} from '@headroom/plugin-cost-common';
import { DataFormat } from './dataFormat';

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
 * Reads files of charges by DuckDB: it knows CSV, gzip and Parquet, and gives
 * rows while it still reads, away from the event loop. Nothing is asked of the
 * network.
 */
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
  async *read(
    file: ChargeFile,
    signal: AbortSignal,
  ): AsyncGenerator<BillCharge[]> {
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
        yield* this.#readWith(connection, file, signal);
      } finally {
        signal.removeEventListener('abort', stop);
        connection.closeSync();
      }
    } finally {
      instance.closeSync();
    }
  }

  async *#readWith(
    connection: DuckDBConnection,
    file: ChargeFile,
    signal: AbortSignal,
  ): AsyncGenerator<BillCharge[]> {
    const table = tableSql(file);
    const all = await orFileError(file, signal, async () => {
      const described = await connection.runAndReadAll(
        `DESCRIBE SELECT * FROM ${table}`,
      );
      return described.getRowObjectsJS().map(row => ({
        name: String(row.column_name),
        type: String(row.column_type),
      }));
    });
    const header = focusColumnsOf(all.map(({ name }) => name));
    const focus = FocusReader.create({
      file: file.name,
      // All of them where some are missing, as the error names what there is.
      header: header.length > 0 ? header : all.map(({ name }) => name),
      tags: this.#tags,
    });
    const columns = header.map(name =>
      asText(name, all.find(each => each.name === name)?.type ?? ''),
    );
    const result = await orFileError(file, signal, () =>
      connection.stream(`SELECT ${columns} FROM ${table}`),
    );
    for (;;) {
      signal.throwIfAborted();
      const chunk = await orFileError(file, signal, () => result.fetchChunk());
      if (!chunk || chunk.rowCount === 0) {
        return;
      }
      const charges: BillCharge[] = [];
      for (const row of rowsOf(chunk)) {
        charges.push(focus.read(row));
      }
      yield charges;
    }
  }
}

/** The rows of a chunk, each in the array of the one before: what is read is not kept. */
function* rowsOf(chunk: DuckDBDataChunk): Generator<FocusRow> {
  const columns = chunk.getColumns() as Array<Array<string | null>>;
  const row: Array<string | null> = [];
  for (let at = 0; at < chunk.rowCount; at += 1) {
    columns.forEach((values, column) => {
      row[column] = values[at];
    });
    yield row;
  }
}

function tableSql({ path, format }: ChargeFile): string {
  const text = `'${path.replaceAll("'", "''")}'`;
  return format === 'parquet'
    ? `read_parquet(${text})`
    : `read_csv(${text}, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"',
        encoding = 'utf-8', max_line_size = ${LONGEST_LINE_BYTES}, buffer_size = ${
        4 * LONGEST_LINE_BYTES
      })`;
}

/** Numbers and moments of Parquet as the text they have in CSV; tags that are a map, or a list of pairs, as JSON. */
function asText(name: string, type: string): string {
  const column = `"${name.replaceAll('"', '""')}"`;
  return /^(MAP|STRUCT)\b|\[\]$/.test(type)
    ? `CAST(to_json(${column}) AS VARCHAR)`
    : `CAST(${column} AS VARCHAR)`;
}

/** What DuckDB finds wrong with a file is wrong with its content; an abort is none. */
async function orFileError<T>(
  { name }: ChargeFile,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    const message = `${name} can't be read: ${firstLines(error)}`;
    // Of memory there may be more another time, so that is no fault of the file.
    throw /^Out of Memory/i.test(firstLines(error))
      ? new ServiceUnavailableError(message)
      : new BillFileError(message);
  }
}

function firstLines(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n').slice(0, 2).join(' ').trim();
}
