import { sayActing, targetKey } from '@headroom/common';
import { takesCapacity } from './direction';
import { Guard } from './Guard';

/**
 * One target is written to so many times an hour at most. What gives capacity, or puts
 * it back, goes on: whatever flaps ends up running.
 */
export const rate: Guard = ({ asked: { action }, engine, limits }) => {
  const count = engine.writesLastHour.get(targetKey(action.target)) ?? 0;
  const limit = limits.rate.perTargetPerHour;
  return count >= limit && takesCapacity(action)
    ? [
        {
          guard: 'rate',
          reason: sayActing('rate', { count, limit }),
          mend: `headroom.acting.rate.perTargetPerHour: ${count + 1}`,
        },
      ]
    : [];
};
