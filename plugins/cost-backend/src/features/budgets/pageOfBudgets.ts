import {
  BUDGET_ORIGINS,
  BUDGET_STATES,
  budgetName,
  BudgetRow,
  budgetShareForecast,
  budgetShareSpent,
  BudgetSort,
  BudgetState,
  budgetState,
  describeBudgetScope,
} from '@headroom/plugin-cost-common';

/** What of a row decides whether and where it is listed. */
type Listable = Pick<
  BudgetRow,
  'id' | 'origin' | 'budget' | 'status' | 'problem' | 'overruledBy'
>;

/** Which rows are wanted, in which order. */
export interface PageRequest {
  /** Text in the name or in what a budget is for. */
  q?: string;
  state?: BudgetState;
  sort: BudgetSort;
  order: 'asc' | 'desc';
  offset: number;
  limit: number;
}

/** What is compared: the first that differs decides; undefined comes last in either direction. */
type Key = Array<string | number | bigint | undefined>;

const NAMES = new Intl.Collator('en-US', { numeric: true });

/** One page of rows, and what there is on all. Pure. */
export function pageOfBudgets<Row extends Listable>(
  rows: readonly Row[],
  { q, state, sort, order, offset, limit }: PageRequest,
): {
  page: Row[];
  totalRows: number;
  states: Partial<Record<BudgetState, number>>;
} {
  const wanted = q?.toLocaleLowerCase('en-US');
  const found = rows
    .filter(row => wanted === undefined || textOf(row).includes(wanted))
    .map(row => ({ row, state: budgetState(row) }));
  const states: Partial<Record<BudgetState, number>> = {};
  for (const each of found) {
    states[each.state] = (states[each.state] ?? 0) + 1;
  }
  const matching = found
    .filter(each => state === undefined || each.state === state)
    .map(each => ({ row: each.row, key: keyOf(each.row, each.state, sort) }));
  const sign = order === 'asc' ? 1 : -1;
  const first = firstOf(matching, offset + limit, (a, b) =>
    compareKeys(a.key, b.key, sign),
  );
  return {
    page: first.slice(offset).map(({ row }) => row),
    totalRows: matching.length,
    states,
  };
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

/** The order that a column has when its title is pressed first. */
export function firstOrder(sort: BudgetSort): 'asc' | 'desc' {
  return sort === 'limit' || sort === 'spent' || sort === 'forecast'
    ? 'desc'
    : 'asc';
}

function textOf(row: Listable): string {
  return `${budgetName(row)}\n${describeBudgetScope(
    row.budget.scope,
  )}`.toLocaleLowerCase('en-US');
}

function keyOf(
  { id, origin, budget, status }: Listable,
  state: BudgetState,
  sort: BudgetSort,
): Key {
  const name = budgetName({ budget });
  const spent = status && budgetShareSpent(status);
  switch (sort) {
    case 'state':
      // Of those that stand alike the one that is furthest comes first.
      return [
        BUDGET_STATES.indexOf(state),
        spent === undefined ? undefined : -spent,
        name,
        id,
      ];
    case 'budget':
      return [name, id];
    case 'limit':
      return [status && BigInt(status.limit), name, id];
    case 'spent':
      return [spent, status && budgetShareForecast(status), name, id];
    case 'forecast':
      return [
        status?.projection.status === 'ok'
          ? BigInt(status.projection.total)
          : undefined,
        name,
        id,
      ];
    default:
      return [BUDGET_ORIGINS.indexOf(origin), name, id];
  }
}

function compareKeys(a: Key, b: Key, sign: number): number {
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
