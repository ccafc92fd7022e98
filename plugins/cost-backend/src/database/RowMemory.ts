import { textArray } from '@headroom/node';
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
 * nobody writes any, only a sum of what is there is read, and of what was written since
 * only those rows. Keeps what the table says, not what a caller may see of it. Values are
 * shared, so nobody changes them.
 */
export class RowMemory<Row, Value> {
  readonly #options: RowMemoryOptions<Row, Value>;
  /** Of all keys and who wrote them when `values` was read; absent = some were left out. */
  #sum: string | undefined;
  #values: readonly Value[] = [];
  #rows = new Map<string, Remembered<Value>>();

  static create<Row, Value>(options: RowMemoryOptions<Row, Value>) {
    return new RowMemory(options);
  }

  private constructor(options: RowMemoryOptions<Row, Value>) {
    this.#options = options;
  }

  /** All rows, in the order of their keys, as the connection or transaction sees them. */
  async read(knex: Knex): Promise<readonly Value[]> {
    const { table, key, most } = this.#options;
    const {
      rows: [{ sum }],
    } = await knex.raw(
      `SELECT coalesce(md5(string_agg(?? || ' ' || xmin::text, ',')), '') AS sum FROM ??`,
      [key, table],
    );
    if (sum === this.#sum) {
      return this.#values;
    }
    const found = await this.#find(knex);
    const values = found.map(({ value }) => value);
    this.#rows = new Map(found.slice(0, most).map(row => [row.key, row]));
    // What was written since is another sum: these values are never older than theirs.
    this.#sum = found.length > most ? undefined : sum;
    this.#values = found.length > most ? [] : values;
    return values;
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
    return new Map(
      rows.map((row: Row & Record<string, string>) => [
        row[key],
        {
          key: row[key],
          written: row.row_written,
          value: understand(row),
        },
      ]),
    );
  }
}
