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
import { pageOfRows, RowKey, RowPage } from '../../core/pageOfRows';

/** What of a row decides whether and where it is listed. */
type Listable = Pick<
  BudgetRow,
  'id' | 'origin' | 'budget' | 'status' | 'problem' | 'overruledBy'
>;

/** Which rows are wanted, in which order. */
export interface PageRequest extends RowPage {
  /** Text in the name or in what a budget is for. */
  q?: string;
  state?: BudgetState;
  sort: BudgetSort;
}

/** A row, and what it is found and put in order by. */
interface Ranked {
  row: Listable;
  state: BudgetState;
  text: string;
  keys: Map<BudgetSort, RowKey>;
}

/** Rows are never changed, so of a list that is asked for again they are ranked once. */
const RANKED = new WeakMap<readonly Listable[], Ranked[]>();

/** One page of rows, and what there is on all. Pure. */
export function pageOfBudgets<Row extends Listable>(
  rows: readonly Row[],
  { q, state, sort, ...page }: PageRequest,
): {
  page: Row[];
  totalRows: number;
  states: Partial<Record<BudgetState, number>>;
} {
  const wanted = q?.toLocaleLowerCase('en-US');
  const found = rankedOf(rows).filter(
    ({ text }) => wanted === undefined || text.includes(wanted),
  );
  const states: Partial<Record<BudgetState, number>> = {};
  for (const each of found) {
    states[each.state] = (states[each.state] ?? 0) + 1;
  }
  const matching = found
    .filter(each => state === undefined || each.state === state)
    .map(each => ({ row: each.row as Row, key: keyOfRanked(each, sort) }));
  return {
    page: pageOfRows(matching, page),
    totalRows: matching.length,
    states,
  };
}

function rankedOf(rows: readonly Listable[]): Ranked[] {
  const known = RANKED.get(rows);
  if (known) {
    return known;
  }
  const ranked = rows.map(
    (row): Ranked => ({
      row,
      state: budgetState(row),
      text: textOf(row),
      keys: new Map(),
    }),
  );
  RANKED.set(rows, ranked);
  return ranked;
}

function keyOfRanked({ row, state, keys }: Ranked, sort: BudgetSort): RowKey {
  const key = keys.get(sort) ?? keyOf(row, state, sort);
  keys.set(sort, key);
  return key;
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
): RowKey {
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
