import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { useReport } from '@headroom/react';

/** The reader's user entity ref; undefined while it isn't known. */
export function useMe(): string | undefined {
  const identity = useApi(identityApiRef);
  const load = useCallback(
    async () => (await identity.getBackstageIdentity()).userEntityRef,
    [identity],
  );
  const { state } = useReport(load);
  return state.status === 'ok' ? state.value : undefined;
}
