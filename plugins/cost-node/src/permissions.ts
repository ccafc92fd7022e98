import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { EntityFilter, OwnedEntity } from '@headroom/node';
import { RESOURCE_TYPE_COST_ENTITY } from '@headroom/plugin-cost-common';

/** Resource of the permission `cost.read`; for modules that add rules. @public */
export const costEntityResourceRef = createPermissionResourceRef<
  OwnedEntity,
  EntityFilter
>().with({ pluginId: 'cost', resourceType: RESOURCE_TYPE_COST_ENTITY });
