import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of a catalog entity whose cost is asked for. @public */
export const RESOURCE_TYPE_COST_ENTITY = 'cost-entity';

/**
 * Read what an entity costs. A resource permission: policies may answer with
 * the rules `IS_OWNER`, `HAS_LABEL`, `IS_KIND`, `IN_SYSTEM`.
 * Idle and Unallocated belong to no entity; only an unconditional ALLOW shows them.
 *
 * @public
 */
export const costReadPermission = createPermission({
  name: 'cost.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_COST_ENTITY,
});

/**
 * See the state of the sources costs are computed from: which clusters, since
 * when one is down, how far the back-fill is. No amounts.
 *
 * @public
 */
export const costSourcesReadPermission = createPermission({
  name: 'cost.sources.read',
  attributes: { action: 'read' },
});

/**
 * Dismiss or snooze advice on an entity's workloads, and take that back.
 *
 * @public
 */
export const costAdviceDecidePermission = createPermission({
  name: 'cost.advice.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_COST_ENTITY,
});

/**
 * Make, change and remove budgets: of a group or service on that entity itself, of a
 * system or domain on every service of it, of anything else on everything. Also let
 * a change of a group or service pass that a guardrail denies.
 *
 * @public
 */
export const costBudgetWritePermission = createPermission({
  name: 'cost.budget.write',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_COST_ENTITY,
});

/**
 * Say that an entity's cost is expected to be as high as it is, until a day, and take
 * that back. Of a team's it takes the permission on everything.
 *
 * @public
 */
export const costAnomalyDecidePermission = createPermission({
  name: 'cost.anomaly.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_COST_ENTITY,
});

/** Every permission of the cost plugin. @public */
export const costPermissions = [
  costReadPermission,
  costSourcesReadPermission,
  costAdviceDecidePermission,
  costBudgetWritePermission,
  costAnomalyDecidePermission,
];
