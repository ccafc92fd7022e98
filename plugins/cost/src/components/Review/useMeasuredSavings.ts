import { useApiHolder } from '@backstage/core-plugin-api';
import { SavingsReport } from '@headroom/plugin-scaling-common';
import { useReport } from '@headroom/react';
import { useCallback } from 'react';
import { scalingApiRef } from '../../api/scalingApiRef';

/** What the ledger has measured so far; undefined where the scaling plugin or its back end is missing, or says no. */
export function useMeasuredSavings(): SavingsReport['summary'] | undefined {
  const scaling = useApiHolder().get(scalingApiRef);
  const load = useCallback(
    async (signal: AbortSignal) =>
      scaling && (await scaling.getSavings({ limit: 1 }, { signal })).summary,
    [scaling],
  );
  const { state } = useReport(load, 'savings');
  return state.status === 'ok' ? state.value : undefined;
}
