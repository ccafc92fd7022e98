import { PlannedAction } from '@headroom/common';

/** Whether an action may take capacity away: what doesn't give any, or put it back, may. */
export function takesCapacity({
  direction,
}: Pick<PlannedAction, 'direction'>): boolean {
  return direction === 'down' || direction === 'neutral';
}
