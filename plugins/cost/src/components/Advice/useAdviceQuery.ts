import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  AdviceRow,
  AdviceSort,
  FleetAdviceQuery,
} from '@headroom/plugin-cost-common';
import { parseScope } from '../../scope';

const STATUSES: readonly AdviceRow['status'][] = ['change', 'keep', 'withheld'];
const SORTS: readonly AdviceSort[] = [
  'saving',
  'confidence',
  'throttled',
  'oom',
  'name',
];

/** What of a {@link FleetAdviceQuery} the reader picks; pages are no part of a link. */
export type AdvicePicks = Pick<
  FleetAdviceQuery,
  'q' | 'status' | 'cluster' | 'decided' | 'currency'
> & { sort: AdviceSort; order: 'asc' | 'desc' };

/** Names in the URL: short, and not those of the other tabs. */
const PARAMS = {
  q: 'advice.q',
  status: 'advice.status',
  cluster: 'advice.cluster',
  decided: 'advice.decided',
  sort: 'advice.sort',
} as const;

function parsePicks(params: URLSearchParams): AdvicePicks {
  const [sort, order] = params.get(PARAMS.sort)?.split('.') ?? [];
  const { currency } = parseScope(params);
  return {
    q: params.get(PARAMS.q) ?? undefined,
    status: STATUSES.find(status => status === params.get(PARAMS.status)),
    cluster: params.get(PARAMS.cluster) ?? undefined,
    decided: params.get(PARAMS.decided) === 'show' ? 'show' : undefined,
    currency,
    sort: SORTS.find(candidate => candidate === sort) ?? 'saving',
    order: order === 'asc' ? 'asc' : 'desc',
  };
}

/** The filters and the order of a table of advice, kept in the page's URL. */
export function useAdviceQuery(): [
  AdvicePicks,
  (changes: Partial<AdvicePicks>) => void,
] {
  const [params, setParams] = useSearchParams();
  const key = JSON.stringify(parsePicks(params));
  const picks = useMemo<AdvicePicks>(() => JSON.parse(key), [key]);
  const change = useCallback(
    (changes: Partial<AdvicePicks>) =>
      setParams(
        current => {
          const next = new URLSearchParams(current);
          const set = (name: string, value: string | undefined) =>
            value ? next.set(name, value) : next.delete(name);
          for (const pick of ['q', 'status', 'cluster', 'decided'] as const) {
            if (pick in changes) {
              set(PARAMS[pick], changes[pick]);
            }
          }
          if ('currency' in changes) {
            set('currency', changes.currency);
          }
          if (changes.sort) {
            set(PARAMS.sort, `${changes.sort}.${changes.order ?? 'desc'}`);
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [picks, change];
}
