import { BillMonth } from '../../database/billWaiting';

/** What takes the place of what, in one transaction. */
export interface SwapPlan {
  put: string[];
  remove: string[];
}

/** Deliveries that share billing accounts and periods, directly or by others. */
interface Group extends SwapPlan {
  months: Set<string>;
  /** By how many charges each of its months becomes more. */
  growth: Map<string, number>;
}

/**
 * What may count of what waits when something that is listed can't be read: that may be
 * a part of what is gone. So what is gone stays with what would replace it, unless that has
 * at least as many charges of each of its months. Pure.
 */
export function planSwap({
  waiting,
  gone,
  months,
}: SwapNames & {
  months: {
    /** Of what waits. */
    waiting: readonly BillMonth[];
    /** Of what counts of the deliveries that wait, and of those that are gone. */
    stored: readonly BillMonth[];
  };
}): SwapPlan {
  const groups = new Set<Group>();
  const add = (plan: SwapPlan) => {
    const names = new Set([...plan.put, ...plan.remove]);
    const isOf = ({ name }: BillMonth) => names.has(name);
    const own: Group = { ...plan, months: new Set(), growth: new Map() };
    const grow = (each: BillMonth, by: number) => {
      const month = JSON.stringify([each.account, each.period]);
      own.months.add(month);
      own.growth.set(month, (own.growth.get(month) ?? 0) + by);
    };
    if (plan.put.length > 0) {
      months.waiting.filter(isOf).forEach(each => grow(each, each.charges));
    }
    months.stored.filter(isOf).forEach(each => grow(each, -each.charges));
    for (const other of groups) {
      if ([...other.months].some(month => own.months.has(month))) {
        groups.delete(other);
        merge(own, other);
      }
    }
    groups.add(own);
  };
  waiting.forEach(name => add({ put: [name], remove: [] }));
  gone.forEach(name => add({ put: [], remove: [name] }));
  const settled = [...groups].filter(
    ({ remove, growth }) =>
      remove.length === 0 || [...growth.values()].every(by => by >= 0),
  );
  return {
    put: settled.flatMap(({ put }) => put),
    remove: settled.flatMap(({ remove }) => remove),
  };
}

interface SwapNames {
  waiting: readonly string[];
  gone: readonly string[];
}

function merge(into: Group, other: Group): void {
  into.put.push(...other.put);
  into.remove.push(...other.remove);
  for (const month of other.months) {
    into.months.add(month);
    into.growth.set(
      month,
      (into.growth.get(month) ?? 0) + (other.growth.get(month) ?? 0),
    );
  }
}
