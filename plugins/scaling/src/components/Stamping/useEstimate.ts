import { useApi } from '@backstage/core-plugin-api';
import {
  CostEstimate,
  EstimateRequestInput,
} from '@headroom/plugin-cost-common';
import { useCallback, useEffect, useState } from 'react';
import { estimatesApiRef } from '../../api';

/** How long nobody changes anything before the back end is asked. */
const TYPING_MS = 400;

/** What is known of a cost: never of another question than the one that is asked. */
export type EstimateState =
  | { status: 'asking' }
  | { status: 'ok'; estimate: CostEstimate }
  | { status: 'error'; error: Error };

interface Answer {
  asked: string;
  state: EstimateState;
}

/**
 * Asks what pods will cost, again when the question changes.
 *
 * @param request - undefined = nothing is asked
 */
export function useEstimate(request: EstimateRequestInput | undefined): {
  state: EstimateState;
  retry: () => void;
} {
  const api = useApi(estimatesApiRef);
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<Answer>();
  // Objects of the same question are made anew each time the form is drawn.
  const question = request && JSON.stringify(request);
  const asked = `${question}#${attempt}`;

  useEffect(() => {
    if (question === undefined) {
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const settle = (state: EstimateState) => {
      if (!signal.aborted) {
        setAnswer({ asked, state });
      }
    };
    const timer = setTimeout(() => {
      api.estimate(JSON.parse(question), { signal }).then(
        estimate => settle({ status: 'ok', estimate }),
        error => settle({ status: 'error', error }),
      );
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [api, question, asked]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  return {
    state: answer?.asked === asked ? answer.state : { status: 'asking' },
    retry,
  };
}
