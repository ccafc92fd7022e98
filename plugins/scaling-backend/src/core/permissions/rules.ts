import { createEntityRules } from '@headroom/node';
import { scalingEntityResourceRef } from '@headroom/plugin-scaling-node';

/** Every rule of the resource type `scaling-entity`. @public */
export const scalingEntityRules = createEntityRules(scalingEntityResourceRef);
