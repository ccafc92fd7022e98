import { sayActing } from '@headroom/common';
import { Guard } from './Guard';

/** What has to be approved is approved, by somebody who may; asked again before it is done. */
export const approval: Guard = ({ plan }) =>
  plan && !plan.approved
    ? [{ guard: 'approval', reason: sayActing('approval') }]
    : [];
