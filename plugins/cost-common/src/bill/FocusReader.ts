import { BillPlace, valueError } from './BillFileError';
import {
  BillAmounts,
  BillCharge,
  CHARGE_CATEGORIES,
  CHARGE_FREQUENCIES,
} from './charge';
import { Decimal, parseDecimal } from './Decimal';
import { columnsOf, FocusColumns, FocusField } from './focusColumns';
import { readTags } from './readTags';
import { utcDay } from './utcDay';

/** @public */
export interface FocusReaderOptions {
  /** Named in errors. */
  file: string;
  /** Names of the columns, in the order values come. */
  header: readonly string[];
  /** Keys of the tags to keep. */
  tags: readonly string[];
}

/** Values of a row as text, in the order of the header; null where there is none. @public */
export type FocusRow = ReadonlyArray<string | null>;

const NO_TAGS: Readonly<Record<string, string>> = {};
const MOST_KEPT = 20_000;

const AMOUNT = 'a decimal number such as 12.5 or -0.000004';
const DAY = 'a moment in UTC such as 2026-11-01T00:00:00Z';

/**
 * Reads rows of one file of a FOCUS export, versions 1.0 to 1.3, by the columns
 * that are there. Exact: an amount is the decimal that was written.
 *
 * @public
 */
export class FocusReader {
  readonly #file: string;
  readonly #columns: FocusColumns;
  readonly #tags: readonly string[];
  #row = 0;
  /** Many rows have the same tags and moments. */
  readonly #tagsRead = new Map<string, Readonly<Record<string, string>>>();
  readonly #daysRead = new Map<string, string>();

  /** @throws BillFileError when a column that a bill needs is missing. */
  static create(options: FocusReaderOptions) {
    return new FocusReader(options);
  }

  private constructor({ file, header, tags }: FocusReaderOptions) {
    this.#file = file;
    this.#columns = columnsOf(file, header);
    this.#tags = tags;
  }

  /**
   * The charge of the next row.
   *
   * @throws BillFileError that names the file, the row, the column and the value.
   */
  read(row: FocusRow): BillCharge {
    this.#row += 1;
    return {
      item: {
        period: this.#day(row, 'period'),
        currency: this.#needed(row, 'currency', 'a currency such as USD'),
        provider: this.#text(row, 'provider'),
        billingAccount: this.#text(row, 'billingAccount'),
        subAccount: this.#text(row, 'subAccount'),
        service: this.#text(row, 'service'),
        serviceCategory: this.#text(row, 'serviceCategory'),
        region: this.#text(row, 'region'),
        resourceId: this.#text(row, 'resourceId'),
        category: this.#oneOf(row, 'category', CHARGE_CATEGORIES),
        correction: this.#isCorrection(row),
        frequency: this.#known(row, 'frequency', CHARGE_FREQUENCIES) ?? '',
        pricing: this.#text(row, 'pricing'),
        commitment: this.#known(row, 'commitment', ['Used', 'Unused']) ?? '',
        commitmentId: this.#text(row, 'commitmentId'),
        tags: this.#tagsOf(row),
      },
      day: this.#day(row, 'day'),
      amounts: this.#amounts(row),
    };
  }

  #amounts(row: FocusRow): BillAmounts<Decimal> {
    const billed = this.#amount(row, 'billed');
    const effective = this.#amount(row, 'effective');
    // Some providers leave the others empty: there, what was billed stands for them.
    return {
      billed,
      effective,
      list: this.#amountOr(row, 'list', billed),
      contracted: this.#amountOr(row, 'contracted', billed),
    };
  }

  #amountOr(row: FocusRow, field: FocusField, absent: Decimal): Decimal {
    return this.#value(row, field) === null ? absent : this.#amount(row, field);
  }

  #amount(row: FocusRow, field: FocusField): Decimal {
    const value = this.#value(row, field);
    const amount = value === null ? undefined : parseDecimal(value);
    if (!amount) {
      throw this.#error(field, value, AMOUNT);
    }
    return amount;
  }

  #day(row: FocusRow, field: FocusField): string {
    const value = this.#value(row, field);
    const day =
      value === null ? undefined : this.#daysRead.get(value) ?? utcDay(value);
    if (value === null || !day) {
      throw this.#error(field, value, DAY);
    }
    keep(this.#daysRead, value, day);
    return day;
  }

  #tagsOf(row: FocusRow): Readonly<Record<string, string>> {
    const value = this.#value(row, 'tags');
    if (value === null) {
      return NO_TAGS;
    }
    const tags = this.#tagsRead.get(value) ?? readTags(value, this.#tags);
    if (!tags) {
      throw this.#error(
        'tags',
        value,
        'a JSON object of tags such as {"team": "checkout"}',
      );
    }
    keep(this.#tagsRead, value, tags);
    return tags;
  }

  #isCorrection(row: FocusRow): boolean {
    return (
      this.#value(row, 'class') !== null &&
      this.#oneOf(row, 'class', ['Correction']) === 'Correction'
    );
  }

  #oneOf<T extends string>(
    row: FocusRow,
    field: FocusField,
    known: readonly T[],
  ): T {
    const found = this.#known(row, field, known);
    if (!found) {
      const value = this.#value(row, field);
      throw this.#error(field, value, `one of ${known.join(', ')}`);
    }
    return found;
  }

  /** One of some words: providers write `Usage-based` where FOCUS has `Usage-Based`. */
  #known<T extends string>(
    row: FocusRow,
    field: FocusField,
    known: readonly T[],
  ): T | undefined {
    const value = this.#value(row, field);
    if (value === null) {
      return undefined;
    }
    return (
      known.find(each => each === value) ??
      known.find(each => each.toLowerCase() === value.toLowerCase())
    );
  }

  #needed(row: FocusRow, field: FocusField, wanted: string): string {
    const value = this.#value(row, field);
    if (value === null) {
      throw this.#error(field, value, wanted);
    }
    return value;
  }

  #text(row: FocusRow, field: FocusField): string {
    return this.#value(row, field) ?? '';
  }

  /** Null where there is nothing; FOCUS writes NULL, and CSV has no other way than an empty field or the word. */
  #value(row: FocusRow, field: FocusField): string | null {
    const column = this.#columns[field];
    const value = column ? row[column.index] : null;
    return value === undefined || value === '' || value === 'NULL'
      ? null
      : value;
  }

  #error(field: FocusField, value: string | null, wanted: string) {
    const place: BillPlace = { file: this.#file, row: this.#row };
    return valueError(
      place,
      this.#columns[field]?.name ?? field,
      value,
      wanted,
    );
  }
}

/** Keeps what was read of a text, of few enough texts to fit in memory. */
function keep<T>(read: Map<string, T>, text: string, value: T): void {
  if (read.size < MOST_KEPT) {
    read.set(text, value);
  }
}
