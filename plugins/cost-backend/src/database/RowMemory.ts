import { textArray } from '@headroom/node';
import { Knex } from 'knex';

interface Remembered<Value> {
  /** The transaction that wrote the row: another one whenever it is written again. */
  written: string;
  value: Value;
}

/**
 * Rows of a table that many requests read whole, as they were understood once: of a row
 * that nobody has written since, only its key is read. Keeps what the table says, not
 * what a caller may see of it. Values are shared, so nobody changes them.
 */
export class RowMemory<Row, Value> {
  readonly #table: string;
  readonly #key: string;
  readonly #most: number;
  readonly #understand: (row: Row) => Value;
  #rows = new Map<string, Remembered<Value>>();

  /** @param options - `key` is the column of the primary key; of more rows than `most` the rest is read each time */
  static create<Row, Value>(options: {
    table: string;
    key: string;
    most: number;
    understand: (row: Row) => Value;
  }) {
    return new RowMemory(options);
  }

  private constructor(options: {
    table: string;
    key: string;
    most: number;
    understand: (row: Row) => Value;
  }) {
    this.#table = options.table;
    this.#key = options.key;
    this.#most = options.most;
    this.#understand = options.understand;
  }

  /** All rows, in the order of their keys, as the connection or transaction sees them. */
  async read(knex: Knex): Promise<Value[]> {
    const there = await knex.raw(
      'SELECT ?? AS key, xmin::text AS written FROM ?? ORDER BY 1',
      [this.#key, this.#table],
    );
    const keys: Array<{ key: string; written: string }> = there.rows;
    const before = this.#rows;
    const isKnown = ({ key, written }: { key: string; written: string }) =>
      before.get(key)?.written === written;
    const unknown = keys.filter(each => !isKnown(each)).map(({ key }) => key);
    const read = await this.#understandRows(knex, unknown);
    const found = keys.flatMap(each => {
      const row = isKnown(each) ? before.get(each.key) : read.get(each.key);
      // Gone since its key was read.
      return row ? [[each.key, row] as const] : [];
    });
    this.#rows = new Map(found.slice(0, this.#most));
    return found.map(([, { value }]) => value);
  }

  async #understandRows(
    knex: Knex,
    keys: string[],
  ): Promise<Map<string, Remembered<Value>>> {
    if (keys.length === 0) {
      return new Map();
    }
    const { rows } = await knex.raw(
      'SELECT t.*, t.xmin::text AS row_written FROM ?? t WHERE t.?? = ANY (?::text[])',
      [this.#table, this.#key, textArray(keys)],
    );
    return new Map(
      rows.map((row: Row & Record<string, string>) => [
        row[this.#key],
        { written: row.row_written, value: this.#understand(row) },
      ]),
    );
  }
}
