import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * One parameter of the page's URL. Setting undefined or an empty text removes
 * it. Replaces the history entry: typing in a filter isn't a step to go back to.
 *
 * @public
 */
export function useUrlParam(
  name: string,
): [string | undefined, (value: string | undefined) => void] {
  const [params, setParams] = useSearchParams();
  const setValue = useCallback(
    (value: string | undefined) =>
      setParams(
        current => {
          const next = new URLSearchParams(current);
          if (value) {
            next.set(name, value);
          } else {
            next.delete(name);
          }
          return next;
        },
        { replace: true },
      ),
    [name, setParams],
  );
  return [params.get(name) ?? undefined, setValue];
}
