import { createApiRef } from '@backstage/core-plugin-api';
import { ScalingApi } from '@headroom/plugin-scaling-common';

/**
 * Gives access to the scaling back end.
 *
 * @public
 */
export const scalingApiRef = createApiRef<ScalingApi>({
  id: 'plugin.scaling.api',
});
