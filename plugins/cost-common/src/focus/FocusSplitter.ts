import { csvLine } from '@headroom/common';
import { Decimal, decimalText, parseDecimal } from '../bill/Decimal';
import { columnsOf, FocusColumns, FocusField } from '../bill/focusColumns';
import { FocusRow } from '../bill/FocusReader';
import { machineKeyOf } from '../bill/machineKey';
import { tagKeysOf, tagsAsObject } from '../bill/readTags';
import { utcDay, utcMoment } from '../bill/utcDay';
import { SplitPart } from './splitRatios';

/** How a charge of a node is split; explained in the documentation under this name. @public */
export const FOCUS_SPLIT_METHOD = 'headroom-billed-by-estimate';

/** @public */
export interface FocusSplitterOptions {
  /** Named in errors. */
  file: string;
  /** Names of the columns, in the order values come. */
  columns: readonly string[];
  /** First day of the billing period; rows of others are left out. */
  period: string;
  /** How charges of a machine are split, by its key; `undefined` = it is no node of a cluster. */
  partsOf(machine: string): readonly SplitPart[] | undefined;
}

/** What FOCUS 1.3 has of a part, and what is ours, in the order they are added. */
const ADDED = [
  'AllocatedMethodId',
  'AllocatedMethodDetails',
  'AllocatedResourceId',
  'AllocatedResourceName',
  'AllocatedTags',
  'x_AllocatedTo',
  'x_EntityRef',
] as const;

type Added = Record<(typeof ADDED)[number], string | undefined>;

/** Costs and quantities of FOCUS 1.0 to 1.3, and what providers add to them under names of their own. */
const SUMMABLE =
  /^((Billed|Effective|List|Contracted)Cost|PricingCurrencyEffectiveCost|(Consumed|Pricing|CommitmentDiscount)Quantity|x_\w*(Cost|CostInUsd|Quantity))$/i;
const NUMBER = /UnitPrice$/i;
const MOMENT = /^(Billing|Charge)Period(Start|End)$/i;

/** How a value of a column is written, and whether parts of it sum to it. */
interface Column {
  isSummable: boolean;
  write(value: string): string;
}

/**
 * Writes rows of a bill as FOCUS 1.3 has data of which a part is allocated: a charge
 * of a node is replaced by one row for each of its parts; any other row stays as it is,
 * with no AllocatedMethodId.
 *
 * - Costs and quantities of the parts are the exact products of the origin's and their
 *   ratios, so they sum to it to the last digit, and quantity times unit price stays the
 *   cost. Everything else is the origin's.
 * - What is missing is NULL, an empty field, and moments are ISO 8601 in UTC, however the
 *   export wrote them.
 * - A row that the provider has split itself is not split again.
 *
 * @see https://focus.finops.org/focus-specification/ (Data Generator-Calculated Split
 * Cost Allocation Handling)
 * @public
 */
export class FocusSplitter {
  readonly #options: FocusSplitterOptions;
  readonly #fields: FocusColumns;
  readonly #columns: readonly Column[];
  readonly #names: readonly string[];
  /** Where each of {@link ADDED} stands. */
  readonly #added: ReadonlyMap<keyof Added, number>;
  readonly #method: number;

  /** @throws BillFileError when a column that a bill needs is missing. */
  static create(options: FocusSplitterOptions) {
    return new FocusSplitter(options);
  }

  private constructor(options: FocusSplitterOptions) {
    const { file, columns } = options;
    this.#options = options;
    this.#fields = columnsOf(file, columns);
    this.#columns = columns.map(columnOf);
    const lower = columns.map(name => name.toLowerCase());
    const missing = ADDED.filter(name => !lower.includes(name.toLowerCase()));
    this.#names = [...columns, ...missing];
    this.#added = new Map(
      ADDED.map(name => [
        name,
        this.#names.findIndex(
          each => each.toLowerCase() === name.toLowerCase(),
        ),
      ]),
    );
    this.#method = this.#added.get('AllocatedMethodId') ?? -1;
  }

  /** The first line of the CSV, without a line end. */
  get header(): string {
    return csvLine(this.#names);
  }

  /** What becomes of a row: lines of CSV, without line ends, one at a time, as there may be thousands; none for another period. */
  *lines(row: FocusRow): Generator<string> {
    if (utcDay(this.#value(row, 'period') ?? '') !== this.#options.period) {
      return;
    }
    const origin = this.#columns.map((column, index) => {
      const value = textOf(row[index]);
      return value === undefined ? undefined : column.write(value);
    });
    const machine = machineKeyOf(this.#value(row, 'resourceId') ?? '');
    const parts =
      machine === '' || origin[this.#method] !== undefined
        ? undefined
        : this.#options.partsOf(machine);
    if (!parts) {
      yield csvLine(this.#padded(origin));
      return;
    }
    const amounts = this.#columns.map(({ isSummable }, index) =>
      isSummable ? parseDecimal(origin[index] ?? '') : undefined,
    );
    const tagged = tagKeysOf(this.#value(row, 'tags') ?? '');
    for (const part of parts) {
      const values = this.#padded(origin);
      amounts.forEach((amount, index) => {
        if (amount) {
          values[index] = shortText(times(amount, part.ratio));
        }
      });
      const added = addedOf(part, tagged);
      for (const [name, index] of this.#added) {
        values[index] = added[name];
      }
      yield csvLine(values);
    }
  }

  #padded(origin: ReadonlyArray<string | undefined>) {
    return this.#names.map((_, index) => origin[index]);
  }

  #value(row: FocusRow, field: FocusField): string | undefined {
    const column = this.#fields[field];
    return column && textOf(row[column.index]);
  }
}

function textOf(value: string | null | undefined): string | undefined {
  return value === null || value === '' || value === 'NULL' ? undefined : value;
}

function columnOf(name: string): Column {
  const isSummable = SUMMABLE.test(name);
  if (isSummable || NUMBER.test(name)) {
    return { isSummable, write: plainNumber };
  }
  if (MOMENT.test(name)) {
    return { isSummable, write: text => utcMoment(text) ?? text };
  }
  return { isSummable, write: /^Tags$/i.test(name) ? tagsAsObject : asItIs };
}

function asItIs(text: string): string {
  return text;
}

/** Doubles of Parquet may have an exponent in a form that FOCUS doesn't know. */
function plainNumber(text: string): string {
  const decimal = /^-?\d+(\.\d+)?$/.test(text) ? undefined : parseDecimal(text);
  return decimal ? decimalText(decimal) : text;
}

function times(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

function shortText({ digits, scale }: Decimal): string {
  return decimalText({ digits, scale })
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

function addedOf(part: SplitPart, tagged: ReadonlySet<string>): Added {
  const { to, id, name, entityRef, tags } = part.share;
  const extra = Object.entries(tags).filter(([key]) => !tagged.has(key));
  return {
    AllocatedMethodId: FOCUS_SPLIT_METHOD,
    AllocatedMethodDetails: detailsOf(part),
    AllocatedResourceId: id,
    AllocatedResourceName: name,
    AllocatedTags:
      extra.length > 0 ? JSON.stringify(Object.fromEntries(extra)) : undefined,
    x_AllocatedTo: to,
    x_EntityRef: entityRef,
  };
}

const details = new WeakMap<SplitPart, string>();

/** Ratios as the decimals they are, which no double of JSON would be. */
function detailsOf(part: SplitPart): string {
  let text = details.get(part);
  if (text === undefined) {
    const elements = part.uses.map(({ ratio, unit, quantity }) =>
      [
        `"AllocatedRatio":${shortText(ratio)}`,
        ...(unit === undefined ? [] : [`"UsageUnit":${JSON.stringify(unit)}`]),
        ...(quantity === undefined ? [] : [`"UsageQuantity":${quantity}`]),
      ].join(','),
    );
    text = `{"Elements":[${elements.map(each => `{${each}}`).join(',')}]}`;
    details.set(part, text);
  }
  return text;
}
