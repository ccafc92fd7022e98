/** What is compared: the first that differs decides; undefined comes last in either direction. */
export type RowKey = Array<string | number | bigint | undefined>;

/** Which page of rows is wanted, in which order. */
export interface RowPage {
  order: 'asc' | 'desc';
  offset: number;
  limit: number;
}

const NAMES = new Intl.Collator('en-US', { numeric: true });

/** One page of rows in the order of their keys. Pure. */
export function pageOfRows<Row>(
  rows: ReadonlyArray<{ row: Row; key: RowKey }>,
  { order, offset, limit }: RowPage,
): Row[] {
  const sign = order === 'asc' ? 1 : -1;
  return firstOf(rows, offset + limit, (a, b) =>
    compareKeys(a.key, b.key, sign),
  )
    .slice(offset)
    .map(({ row }) => row);
}

/** The first items in an order; the rest, which may be thousands, is not put in order. */
function firstOf<Item>(
  items: readonly Item[],
  count: number,
  compare: (a: Item, b: Item) => number,
): Item[] {
  const first: Item[] = [];
  for (const item of items) {
    let [low, high] = [0, first.length];
    if (
      high === count &&
      (count === 0 || compare(first[high - 1], item) <= 0)
    ) {
      continue;
    }
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(first[middle], item) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    first.splice(low, 0, item);
    first.length = Math.min(first.length, count);
  }
  return first;
}

function compareKeys(a: RowKey, b: RowKey, sign: number): number {
  for (let index = 0; index < a.length; index += 1) {
    const left = a[index];
    const right = b[index];
    if (left === right) {
      continue;
    }
    if (left === undefined || right === undefined) {
      return left === undefined ? 1 : -1;
    }
    if (typeof left === 'string' && typeof right === 'string') {
      const order = NAMES.compare(left, right);
      if (order !== 0) {
        return sign * order;
      }
    } else {
      return left < right ? -sign : sign;
    }
  }
  return 0;
}
