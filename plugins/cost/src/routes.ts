import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/core-plugin-api';

// Made with core-plugin-api: such refs work in both frontend systems.

/** The page that shows what everything costs. */
export const rootRouteRef = createRouteRef({ id: 'cost' });

/** The Cost tab of a Component. */
export const serviceCostRouteRef = createRouteRef({ id: 'cost:service' });

/** The Cost tab of a Group. */
export const teamCostRouteRef = createRouteRef({ id: 'cost:team' });

/** The Cost tab of a Resource. */
export const resourceCostRouteRef = createRouteRef({ id: 'cost:resource' });

/** The form of a new policy, where a portal has the scaling plugin. */
export const newPolicyRouteRef = createExternalRouteRef({
  id: 'cost:new-policy',
  optional: true,
  defaultTarget: 'scaling.newPolicy',
});

/** The page `/scaling`, where a portal has the scaling plugin. */
export const scalingRouteRef = createExternalRouteRef({
  id: 'cost:scaling',
  optional: true,
  defaultTarget: 'scaling.root',
});
