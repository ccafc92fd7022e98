import {
  BUDGET_SORTS,
  BUDGET_STATES,
  BudgetQuery,
  BudgetSort,
} from '@headroom/plugin-cost-common';
import { useUrlParam } from '@headroom/react';
import { useCallback, useMemo } from 'react';

/** What of a {@link BudgetQuery} the reader picks; pages are no part of a link. */
export type BudgetPicks = Pick<BudgetQuery, 'q' | 'state'> & {
  sort: BudgetSort;
  order: 'asc' | 'desc';
};

/** The filters and the order of a table of budgets, kept in the page's URL; one of them is changed at a time. */
export function useBudgetPicks(): [
  BudgetPicks,
  (change: Partial<BudgetPicks>) => void,
] {
  const [q, setQ] = useUrlParam('budgets.q');
  const [state, setState] = useUrlParam('budgets.state');
  const [sorting, setSorting] = useUrlParam('budgets.sort');
  const picks = useMemo<BudgetPicks>(() => {
    const [sort, order] = sorting?.split('.') ?? [];
    return {
      q,
      state: BUDGET_STATES.find(each => each === state),
      sort: BUDGET_SORTS.find(each => each === sort) ?? 'state',
      order: order === 'desc' ? 'desc' : 'asc',
    };
  }, [q, state, sorting]);
  const change = useCallback(
    (next: Partial<BudgetPicks>) => {
      if ('q' in next) {
        setQ(next.q);
      }
      if ('state' in next) {
        setState(next.state);
      }
      if (next.sort) {
        setSorting(`${next.sort}.${next.order ?? 'asc'}`);
      }
    },
    [setQ, setState, setSorting],
  );
  return [picks, change];
}
