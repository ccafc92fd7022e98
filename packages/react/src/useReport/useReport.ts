import { useCallback, useEffect, useRef, useState } from 'react';

/** A request as a page sees it: never two of these at once. @public */
export type ReportState<T> =
  | { status: 'loading' }
  | { status: 'ok'; value: T }
  | { status: 'error'; error: Error };

interface Answer<T> {
  question: string;
  state: ReportState<T>;
  /** After which it is asked for again, ms. */
  waitMs?: number;
}

/**
 * Loads something, and again when `load` or `question` changes. The request
 * before is aborted and what it said is dropped, so a page never shows an
 * answer to a question no longer asked.
 *
 * @param load - must be stable (`useCallback`)
 * @param question - what is asked; the last answer stays while only `load` changes
 * @param refreshMs - asks again this long after an answer, and keeps that
 *   meanwhile; a function (stable) says so of the last good answer, told how often
 *   the same was asked by itself already
 * @param retryMs - says (stable) after how long what failed is asked for by itself;
 *   where it doesn't, that is as long as after the last good answer
 *
 * @public
 */
export function useReport<T>(
  load: (signal: AbortSignal) => Promise<T>,
  question: string = '',
  refreshMs?:
    | number
    | ((value: NoInfer<T>, rounds: number) => number | undefined),
  retryMs?: (error: Error, rounds: number) => number | undefined,
): {
  state: ReportState<T>;
  retry: () => void;
} {
  const [attempt, setAttempt] = useState(0);
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<Answer<T>>();
  /** After the last good answer. */
  const keptMs = useRef<number>();
  const rounds = useRef({ question: '', count: 0 });
  const asked = `${question}#${attempt}`;

  useEffect(() => {
    const controller = new AbortController();
    if (rounds.current.question !== asked) {
      rounds.current = { question: asked, count: 0 };
    }
    const { count } = rounds.current;
    const settle = (state: ReportState<T>, waitMs: number | undefined) =>
      setAnswer({ question: asked, state, waitMs });
    load(controller.signal).then(
      value => {
        if (!controller.signal.aborted) {
          keptMs.current =
            typeof refreshMs === 'function'
              ? refreshMs(value, count)
              : refreshMs;
          settle({ status: 'ok', value }, keptMs.current);
        }
      },
      error => {
        if (!controller.signal.aborted) {
          settle(
            { status: 'error', error },
            retryMs?.(error, count) ?? keptMs.current,
          );
        }
      },
    );
    return () => controller.abort();
  }, [load, asked, round, refreshMs, retryMs]);

  // Counted from the answer on: an answer that takes longer is waited for. One
  // that failed is asked for again too, so that a page heals by itself.
  useEffect(() => {
    if (answer?.waitMs === undefined) {
      return undefined;
    }
    const timer = setTimeout(() => {
      rounds.current.count += 1;
      setRound(count => count + 1);
    }, answer.waitMs);
    return () => clearTimeout(timer);
  }, [answer]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  // An answer to an earlier question is as good as none.
  const current = answer?.question === asked ? answer.state : undefined;
  return { state: current ?? { status: 'loading' }, retry };
}
