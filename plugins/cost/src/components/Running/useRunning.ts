import { useApi } from '@backstage/core-plugin-api';
import { RunningService } from '@headroom/plugin-cost-common';
import { retryUntilRead, useReport } from '@headroom/react';
import { useCallback } from 'react';
import { costApiRef } from '../../api';

/** What runs changes when somebody scales or deploys. */
const REFRESH_MS = 30_000;

/**
 * What runs of a service now; undefined until it is known, and where it can't be:
 * the report beside it says why.
 */
export function useRunning(
  entityRef: string,
  currency: string | undefined,
): RunningService | undefined {
  const api = useApi(costApiRef);
  const load = useCallback(
    (signal: AbortSignal) =>
      api.getRunning(entityRef, { currency }, { signal }),
    [api, entityRef, currency],
  );
  const { state } = useReport(
    load,
    `${entityRef}?${currency ?? ''}`,
    REFRESH_MS,
    retryUntilRead,
  );
  return state.status === 'ok' && state.value.status === 'ok'
    ? state.value
    : undefined;
}
