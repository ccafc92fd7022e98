import { useCallback } from 'react';
import { useResolvedPath, useSearchParams } from 'react-router-dom';
import { parseScope, scopeParams } from '../../scope';

/**
 * Gives the address of one advice's page, or without an id that of the table,
 * in the currency looked at. For pages mounted at `advice` and `advice/:id`
 * of one route.
 */
export function useAdviceHref(): (id?: string) => string {
  const { pathname } = useResolvedPath('.');
  const [params] = useSearchParams();
  const query = scopeParams(parseScope(params)).toString();
  // The page of one advice ends in its id, that of the table doesn't.
  const table = pathname.replace(/(\/advice)\/[^/]*$/, '$1');
  return useCallback(
    id =>
      `${table}${id === undefined ? '' : `/${encodeURIComponent(id)}`}${
        query && `?${query}`
      }`,
    [table, query],
  );
}
