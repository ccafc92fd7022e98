import { policySchema } from '@headroom/plugin-scaling-common';

/** A policy as it is taken and told. */
export const policy = policySchema.meta({
  id: 'Policy',
  description:
    'What an owner asks the schedules’ controller to keep true; what is left out is filled with defaults.',
});
