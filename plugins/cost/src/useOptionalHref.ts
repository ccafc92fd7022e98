import { ExternalRouteRef, useRouteRef } from '@backstage/core-plugin-api';

/** Address of a page of another plugin; undefined where that isn't installed. */
export function useOptionalHref(
  route: ExternalRouteRef<undefined, true>,
): string | undefined {
  try {
    return useRouteRef(route)?.();
  } catch {
    // It throws after its last hook, so their order holds.
    return undefined;
  }
}
