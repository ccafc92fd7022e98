import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { rootRouteRef } from '../../routes';

/** Path of the tab Scaling below an entity's page. */
export const SCALING_TAB_PATH = 'scaling';

/** Addresses of the pages of `/scaling`; undefined in a portal that left the page out and has the tabs of entities only. */
export interface ScalingLinks {
  tab(name: 'now' | 'next' | 'plans' | 'policies' | 'ledger'): string;
  plan(id: string): string;
  policy(id: string): string;
  editPolicy(id: string): string;
  newPolicy(query?: URLSearchParams): string;
}

function useRoot(): string | undefined {
  try {
    return useRouteRef(rootRouteRef)();
  } catch {
    // It throws after its last hook, so their order holds.
    return undefined;
  }
}

/** See {@link ScalingLinks}. */
export function useScalingLinks(): ScalingLinks | undefined {
  const root = useRoot();
  if (root === undefined) {
    return undefined;
  }
  const base = root.replace(/\/$/, '');
  const policies = `${base}/policies`;
  return {
    tab: name => `${base}/${name}`,
    plan: id => `${base}/plans/${encodeURIComponent(id)}`,
    policy: id => `${policies}/${encodeURIComponent(id)}`,
    editPolicy: id => `${policies}/${encodeURIComponent(id)}/edit`,
    newPolicy: query => `${policies}/new${query?.size ? `?${query}` : ''}`,
  };
}

/** Gives the address of an entity's tab Scaling. */
export function useEntityScalingHref(): (entityRef: string) => string {
  const entityRoute = useRouteRef(entityRouteRef);
  return entityRef =>
    `${entityRoute(
      entityRouteParams(entityRef, { encodeParams: true }),
    )}/${SCALING_TAB_PATH}`;
}
