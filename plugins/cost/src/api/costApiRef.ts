import { createApiRef } from '@backstage/core-plugin-api';
import { CostApi } from '@headroom/plugin-cost-common';

/**
 * Gives access to the cost back end.
 *
 * @public
 */
export const costApiRef = createApiRef<CostApi>({ id: 'plugin.cost.api' });
