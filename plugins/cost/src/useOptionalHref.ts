import {
  ExternalRouteRef,
  RouteRef,
  useRouteRef,
} from '@backstage/core-plugin-api';

/** Address of a page of another plugin, or of a page of this one that a portal may leave out; undefined where it isn't installed. */
export function useOptionalHref(
  route: RouteRef<undefined> | ExternalRouteRef<undefined, true>,
): string | undefined {
  try {
    // The hook takes either; its overloads take no union of both.
    return useRouteRef(route as ExternalRouteRef<undefined, true>)?.();
  } catch {
    // It throws after its last hook, so their order holds.
    return undefined;
  }
}
