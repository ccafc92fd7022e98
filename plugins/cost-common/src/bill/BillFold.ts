import { BILL_AMOUNTS, BillAmounts, BillCharge, BillItem } from './charge';
import { Decimal, DecimalSum } from './Decimal';

/** What charges of one item sum to on one day. @public */
export interface BillDay {
  day: string;
  amounts: BillAmounts<Decimal>;
  /** How many rows it is the sum of. */
  charges: number;
}

/** An item with the days it was charged on. @public */
export interface FoldedItem {
  /** The same for items that are the same, whatever the order of their tags. */
  key: string;
  item: BillItem;
  days: BillDay[];
}

interface DaySums {
  amounts: BillAmounts<DecimalSum>;
  charges: number;
}

/** Between the parts of a key: no provider writes it. */
const SEPARATOR = '\u001f';

/**
 * Sums charges by item and day. Holds no more than the days it was given since
 * it was last emptied, so a bill of any length is folded in pieces.
 *
 * @public
 */
export class BillFold {
  #items = new Map<string, { item: BillItem; days: Map<string, DaySums> }>();
  #size = 0;

  static create() {
    return new BillFold();
  }

  private constructor() {}

  /** How many days of items it holds. */
  get size(): number {
    return this.#size;
  }

  add({ item, day, amounts }: BillCharge): void {
    const sums = this.#sumsOf(item, day);
    for (const name of BILL_AMOUNTS) {
      sums.amounts[name].add(amounts[name]);
    }
    sums.charges += 1;
  }

  /** Gives what it holds, and holds nothing. */
  empty(): FoldedItem[] {
    const items = [...this.#items].map(([key, { item, days }]) => ({
      key,
      item,
      days: [...days].map(([day, { amounts, charges }]) => ({
        day,
        charges,
        amounts: {
          billed: amounts.billed.value,
          effective: amounts.effective.value,
          list: amounts.list.value,
          contracted: amounts.contracted.value,
        },
      })),
    }));
    this.#items = new Map();
    this.#size = 0;
    return items;
  }

  #sumsOf(item: BillItem, day: string): DaySums {
    const key = keyOf(item);
    let found = this.#items.get(key);
    if (!found) {
      found = { item, days: new Map() };
      this.#items.set(key, found);
    }
    let sums = found.days.get(day);
    if (!sums) {
      sums = {
        charges: 0,
        amounts: {
          billed: DecimalSum.create(),
          effective: DecimalSum.create(),
          list: DecimalSum.create(),
          contracted: DecimalSum.create(),
        },
      };
      found.days.set(day, sums);
      this.#size += 1;
    }
    return sums;
  }
}

const tagTexts = new WeakMap<object, string>();

function keyOf(item: BillItem): string {
  return [
    item.resourceId,
    item.service,
    item.period,
    item.currency,
    item.provider,
    item.billingAccount,
    item.subAccount,
    item.serviceCategory,
    item.region,
    item.category,
    item.correction ? 'c' : '',
    item.frequency,
    item.pricing,
    item.commitment,
    item.commitmentId,
    textOfTags(item.tags),
  ].join(SEPARATOR);
}

function textOfTags(tags: Readonly<Record<string, string>>): string {
  let text = tagTexts.get(tags);
  if (text === undefined) {
    text = JSON.stringify(
      Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    tagTexts.set(tags, text);
  }
  return text;
}
