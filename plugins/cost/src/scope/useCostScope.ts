import { CostScope } from '@headroom/plugin-cost-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { parseScope, scopeParams, withScope } from './scope';

/**
 * The scope in the page's URL, and how to change it; foreign parameters stay.
 * The scope keeps its identity while it stays the same, so that a filter typed
 * into a table doesn't ask for the report again.
 */
export function useCostScope(): [CostScope, (scope: CostScope) => void] {
  const [params, setParams] = useSearchParams();
  const key = scopeParams(parseScope(params)).toString();
  const scope = useMemo(() => parseScope(new URLSearchParams(key)), [key]);
  const setScope = useCallback(
    (next: CostScope) => setParams(current => withScope(current, next)),
    [setParams],
  );
  return [scope, setScope];
}
