import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of a catalog entity whose workloads are scaled. @public */
export const RESOURCE_TYPE_SCALING_ENTITY = 'scaling-entity';

/**
 * See the policies, plans, ledger and savings of an entity's workloads. Workloads of
 * nobody are seen with an unconditional ALLOW only; so it is with all permissions here.
 *
 * @public
 */
export const scalingReadPermission = createPermission({
  name: 'scaling.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_SCALING_ENTITY,
});

/** Make, change and delete policies on an entity's workloads. @public */
export const scalingPolicyWritePermission = createPermission({
  name: 'scaling.policy.write',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SCALING_ENTITY,
});

/** Approve and reject plans on an entity's workloads, and say what became of an action. @public */
export const scalingApprovePermission = createPermission({
  name: 'scaling.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SCALING_ENTITY,
});

/** Keep an entity's workloads up or down for a time, wake them, and undo actions. @public */
export const scalingOverridePermission = createPermission({
  name: 'scaling.override',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SCALING_ENTITY,
});

/**
 * Stop everything that Headroom does, and let it go on. Somebody who may do so for
 * some entities only stops what is done to those.
 *
 * @public
 */
export const scalingKillPermission = createPermission({
  name: 'scaling.kill',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SCALING_ENTITY,
});

/** Every permission of the scaling plugin. @public */
export const scalingPermissions = [
  scalingReadPermission,
  scalingPolicyWritePermission,
  scalingApprovePermission,
  scalingOverridePermission,
  scalingKillPermission,
];
