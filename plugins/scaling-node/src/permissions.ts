import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { EntityFilter, OwnedEntity } from '@headroom/node';
import { RESOURCE_TYPE_SCALING_ENTITY } from '@headroom/plugin-scaling-common';

/** Resource of the permissions of scaling; for modules that add rules. @public */
export const scalingEntityResourceRef = createPermissionResourceRef<
  OwnedEntity,
  EntityFilter
>().with({ pluginId: 'scaling', resourceType: RESOURCE_TYPE_SCALING_ENTITY });
