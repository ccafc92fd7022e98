import { useSignal } from '@backstage/plugin-signals-react';
import { ReportState, retryUntilRead, useReport } from '@headroom/react';
import { useCallback, useEffect, useMemo, useState } from 'react';

/** The channel on which the back end says that something changed. */
const CHANNEL = 'scaling';

/** Changes come in bursts: a run applies many actions. */
const SETTLE_MS = 400;

/** How often is asked where nobody calls. */
const POLL_MS = 15_000;

/** With signals too: a connection may be lost without a word. */
const POLL_WITH_SIGNALS_MS = 60_000;

/** The last signal, once no other has come for a moment. */
function useSettledSignal() {
  const { lastSignal, isSignalsAvailable } = useSignal(CHANNEL);
  const [settled, setSettled] = useState(lastSignal);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(lastSignal), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [lastSignal]);
  return { settled, isSignalsAvailable };
}

/**
 * Like `useReport`, and stays true: it asks again when the back end signals a
 * change, and now and then where there are no signals. What is shown stays in
 * place meanwhile.
 *
 * @param load - must be stable (`useCallback`)
 * @returns `refresh` asks again at once, e.g. when the reader changed something
 */
export function useLiveReport<T>(
  load: (signal: AbortSignal) => Promise<T>,
  question: string = '',
): { state: ReportState<T>; retry: () => void; refresh: () => void } {
  const { settled, isSignalsAvailable } = useSettledSignal();
  const [count, setCount] = useState(0);
  const refresh = useCallback(() => setCount(before => before + 1), []);
  const round = useMemo(
    () => ({ settled, count, load: (signal: AbortSignal) => load(signal) }),
    [settled, count, load],
  );
  const report = useReport(
    round.load,
    question,
    isSignalsAvailable ? POLL_WITH_SIGNALS_MS : POLL_MS,
    retryUntilRead,
  );
  return { ...report, refresh };
}
