import { RefObject, useCallback, useEffect, useRef } from 'react';

/** For so long a change may take to show. */
const WATCH_MS = 5_000;

/**
 * Gives a function to call when something was changed by a button that may be gone
 * once the page shows the change: the focus then goes to an element that stays, not
 * to nowhere.
 *
 * @public
 */
export function useKeptFocus(stays: RefObject<HTMLElement>): () => void {
  const untilMs = useRef(0);
  const keep = useCallback(() => {
    const { activeElement } = document;
    if (
      Date.now() < untilMs.current &&
      (!activeElement || activeElement === document.body)
    ) {
      stays.current?.focus();
    }
  }, [stays]);
  // Whatever is drawn: the change, or an answer that comes later.
  useEffect(keep);
  return useCallback(() => {
    untilMs.current = Date.now() + WATCH_MS;
    // After the dialog gave the focus back.
    setTimeout(keep, 0);
  }, [keep]);
}
