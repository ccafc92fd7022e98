import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  CheckFinding,
  CheckSubject,
  ClusterCheckEvent,
  Said,
  Wording,
} from '@headroom/common';
import { costApiRef } from '../../api';

/** A check as its page sees it. */
export interface ClusterCheckState {
  status: 'ready' | 'running' | 'done' | 'stopped' | 'failed';
  /** What is asked now. */
  asking?: { subject: CheckSubject; question: string; wording?: Wording };
  findings: CheckFinding[];
  /** When it ended, ISO 8601. */
  at?: string;
  /** What the back end says the check broke off for. */
  failure?: Said;
  /** What the request for it failed with. */
  error?: Error;
}

const READY: ClusterCheckState = { status: 'ready', findings: [] };

/** Checks a cluster when it is told to; leaving the page stops it. */
export function useClusterCheck(cluster: string): {
  state: ClusterCheckState;
  start: () => void;
  stop: () => void;
} {
  const api = useApi(costApiRef);
  const [state, setState] = useState(READY);
  const running = useRef<AbortController | undefined>(undefined);

  const start = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const update = (next: (before: ClusterCheckState) => ClusterCheckState) => {
      if (running.current === controller) {
        setState(next);
      }
    };
    setState({ ...READY, status: 'running' });
    api
      .checkCluster(cluster, {
        signal: controller.signal,
        onEvent: event => update(before => take(before, event)),
      })
      .catch(error =>
        update(before =>
          controller.signal.aborted
            ? { ...before, status: 'stopped', asking: undefined }
            : { ...before, status: 'failed', asking: undefined, error },
        ),
      );
  }, [api, cluster]);

  const stop = useCallback(() => running.current?.abort(), []);

  useEffect(
    () => () => {
      running.current?.abort();
      running.current = undefined;
    },
    [cluster],
  );
  return { state, start, stop };
}

function take(
  before: ClusterCheckState,
  event: ClusterCheckEvent,
): ClusterCheckState {
  switch (event.type) {
    case 'asking':
      return { ...before, asking: event };
    case 'finding':
      return { ...before, findings: [...before.findings, event.finding] };
    case 'finished':
      return { ...before, status: 'done', asking: undefined, at: event.at };
    case 'failed':
      return {
        ...before,
        status: 'failed',
        asking: undefined,
        failure: event,
      };
    default:
      return before;
  }
}
