import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { toMicros, useReport } from '@headroom/react';
import { costApiRef } from '../../api';

/** What advice on a service could save per month; undefined while that is not known, and where it is nothing. */
export function useSaving(
  entityRef: string,
  currency?: string,
): { micros: bigint; currency: string } | undefined {
  const api = useApi(costApiRef);
  const load = useCallback(
    (signal: AbortSignal) =>
      api.getServiceAdvice(entityRef, { currency }, { signal }),
    [api, entityRef, currency],
  );
  const { state } = useReport(load, `${entityRef}?${currency ?? ''}`);
  if (state.status !== 'ok' || state.value.status !== 'ok') {
    return undefined;
  }
  const micros = toMicros(state.value.totals.listSaving);
  return micros > 0n ? { micros, currency: state.value.currency } : undefined;
}
