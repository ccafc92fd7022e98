import { sayActing } from '@headroom/common';
import { Guard } from './Guard';

/** A plan is good for a time. By the clock of the database. */
export const expired: Guard = ({ plan, engine }) =>
  plan && Date.parse(plan.expiresAt) <= Date.parse(engine.now)
    ? [
        {
          guard: 'expired',
          reason: sayActing('expired', { expiresAt: plan.expiresAt }),
        },
      ]
    : [];
