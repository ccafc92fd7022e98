import { createEntityRules } from '@headroom/node';
import { costEntityResourceRef } from '@headroom/plugin-cost-node';

/** Every rule of the resource type `cost-entity`. @public */
export const costEntityRules = createEntityRules(costEntityResourceRef);
