import { useCallback, useEffect, useState } from 'react';

/** A request as a page sees it: never two of these at once. @public */
export type ReportState<T> =
  | { status: 'loading' }
  | { status: 'ok'; value: T }
  | { status: 'error'; error: Error };

interface Answer<T> {
  question: string;
  state: ReportState<T>;
}

/**
 * Loads something, and again when `load` or `question` changes. The request
 * before is aborted and what it said is dropped, so a page never shows an
 * answer to a question no longer asked.
 *
 * @param load - must be stable (`useCallback`)
 * @param question - what is asked; the last answer stays while only `load` changes
 * @param refreshMs - asks again this long after an answer, and keeps that
 *   meanwhile; a function (stable) says so of the last good answer
 *
 * @public
 */
export function useReport<T>(
  load: (signal: AbortSignal) => Promise<T>,
  question: string = '',
  refreshMs?: number | ((value: NoInfer<T>) => number | undefined),
): {
  state: ReportState<T>;
  retry: () => void;
} {
  const [attempt, setAttempt] = useState(0);
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<Answer<T>>();
  const [waitMs, setWaitMs] = useState<number>();
  const asked = `${question}#${attempt}`;

  useEffect(() => {
    const controller = new AbortController();
    const settle = (state: ReportState<T>) => {
      if (!controller.signal.aborted) {
        setAnswer({ question: asked, state });
      }
    };
    load(controller.signal).then(
      value => {
        settle({ status: 'ok', value });
        if (!controller.signal.aborted) {
          setWaitMs(
            typeof refreshMs === 'function' ? refreshMs(value) : refreshMs,
          );
        }
      },
      error => settle({ status: 'error', error }),
    );
    return () => controller.abort();
  }, [load, asked, round, refreshMs]);

  // Counted from the answer on: an answer that takes longer is waited for. One
  // that failed is asked for again too, so that a page heals by itself.
  useEffect(() => {
    if (waitMs === undefined || answer === undefined) {
      return undefined;
    }
    const timer = setTimeout(() => setRound(count => count + 1), waitMs);
    return () => clearTimeout(timer);
  }, [answer, waitMs]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  // An answer to an earlier question is as good as none.
  const current = answer?.question === asked ? answer.state : undefined;
  return { state: current ?? { status: 'loading' }, retry };
}
