import { createApiRef } from '@backstage/core-plugin-api';
import { ScalingApi } from '@headroom/plugin-scaling-common';

/**
 * The scaling back end, where a portal has the scaling plugin: that provides it
 * under this id. Ask an `ApiHolder` for it, for it may not be there.
 */
export const scalingApiRef = createApiRef<ScalingApi>({
  id: 'plugin.scaling.api',
});
