import { mapInTurns, textArray } from '@headroom/node';
import { Knex } from 'knex';

interface Remembered<Value> {
  key: string;
  /** The transaction that wrote the row: another one whenever it is written again. */
  written: string;
  value: Value;
}

/** Where rows are, and what is understood of one. */
export interface RowMemoryOptions<Row, Value> {
  table: string;
  /** Column of the primary key, a text. */
  key: string;
  /** Of more rows than these the rest is read each time. */
  most: number;
  understand: (row: Row) => Value;
}

/**
 * Rows of a table that many requests read whole, as they were understood once: while
 * nobody writes any, only the version of the table is read, and of what was written since
 * only those rows. A table has a version where a trigger calls `cost_note_write`; without
 * it keys are read each time. Keeps what the table says, not what a caller may see of it. Values are
 * shared, so nobody changes them.
 */
export class RowMemory<Row, Value> {
  readonly #options: RowMemoryOptions<Row, Value>;
  /** Of the table when `values` was read; absent = it has none, or some rows were left out. */
  #version: string | undefined;
  #values: readonly Value[] = [];
  #rows = new Map<string, Remembered<Value>>();
  /** Who reads a version now, for those who want the same one meanwhile. */
  #reading?: { version: string; values: Promise<readonly Value[]> };

  static create<Row, Value>(options: RowMemoryOptions<Row, Value>) {
    return new RowMemory(options);
  }

  private constructor(options: RowMemoryOptions<Row, Value>) {
    this.#options = options;
  }

  /** All rows, in the order of their keys, as the connection or transaction sees them. */
  async read(knex: Knex): Promise<readonly Value[]> {
    const version = await this.#versionOf(knex);
    if (version === undefined) {
      return this.#readAll(knex, version);
    }
    if (version === this.#version) {
      return this.#values;
    }
    if (this.#reading?.version === version) {
      try {
        return await this.#reading.values;
      } catch {
        // Why another could not read them is no reason of this one.
        return this.#readAll(knex, version);
      }
    }
    const reading = { version, values: this.#readAll(knex, version) };
    this.#reading = reading;
    try {
      return await reading.values;
    } finally {
      if (this.#reading === reading) {
        this.#reading = undefined;
      }
    }
  }

  async #readAll(
    knex: Knex,
    version: string | undefined,
  ): Promise<readonly Value[]> {
    const { most } = this.#options;
    const found = await this.#find(knex);
    const values = found.map(({ value }) => value);
    this.#rows = new Map(found.slice(0, most).map(row => [row.key, row]));
    // What was written since makes another version: these values are never older than theirs.
    this.#version = found.length > most ? undefined : version;
    this.#values = found.length > most ? [] : values;
    return values;
  }

  async #versionOf(knex: Knex): Promise<string | undefined> {
    const row = await knex('cost_table_versions')
      .where({ name: this.#options.table })
      .first('version');
    return row?.version;
  }

  async #find(knex: Knex): Promise<Remembered<Value>[]> {
    const { table, key } = this.#options;
    const { rows } = await knex.raw(
      'SELECT ?? AS key, xmin::text AS written FROM ?? ORDER BY 1',
      [key, table],
    );
    const before = this.#rows;
    const there: Array<{ key: string; written: string }> = rows;
    const isKnown = (row: { key: string; written: string }) =>
      before.get(row.key)?.written === row.written;
    const unknown = there.filter(row => !isKnown(row)).map(row => row.key);
    const read = await this.#understandRows(knex, unknown);
    return there.flatMap(row => {
      const known = isKnown(row) ? before.get(row.key) : read.get(row.key);
      // Gone since its key was read.
      return known ?? [];
    });
  }

  async #understandRows(
    knex: Knex,
    keys: string[],
  ): Promise<Map<string, Remembered<Value>>> {
    if (keys.length === 0) {
      return new Map();
    }
    const { table, key, understand } = this.#options;
    const { rows } = await knex.raw(
      'SELECT t.*, t.xmin::text AS row_written FROM ?? t WHERE t.?? = ANY (?::text[])',
      [table, key, textArray(keys)],
    );
    const read = await mapInTurns(
      rows,
      (row: Row & Record<string, string>): Remembered<Value> => ({
        key: row[key],
        written: row.row_written,
        value: understand(row),
      }),
    );
    return new Map(read.map(each => [each.key, each]));
  }
}
