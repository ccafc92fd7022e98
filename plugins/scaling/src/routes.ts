import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

// Made with core-plugin-api: such refs work in both frontend systems.

/** The page `/scaling`. */
export const rootRouteRef = createRouteRef({ id: 'scaling' });

/** The form of a new policy; what its query may say is in {@link PolicyPrefill}. */
export const newPolicyRouteRef = createSubRouteRef({
  id: 'scaling:new-policy',
  parent: rootRouteRef,
  path: '/policies/new',
});

/** The tab Scaling of a Component. */
export const serviceScalingRouteRef = createRouteRef({ id: 'scaling:service' });
