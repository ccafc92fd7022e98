import { createApiRef } from '@backstage/core-plugin-api';
import { CostApi } from '@headroom/plugin-cost-common';

/**
 * Asks the cost back end what something that is to be created will cost.
 *
 * @public
 */
export type EstimatesApi = Pick<CostApi, 'estimate'>;

/**
 * Gives access to {@link EstimatesApi}.
 *
 * @public
 */
export const estimatesApiRef = createApiRef<EstimatesApi>({
  id: 'plugin.scaling.estimates',
});
