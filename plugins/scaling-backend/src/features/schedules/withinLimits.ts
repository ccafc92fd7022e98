import { PlannedAction } from '@headroom/common';
import { PolicyLimits } from '@headroom/plugin-scaling-common';

/**
 * What of a policy's actions it lets happen in one run. Only what takes capacity is
 * bounded; what is left for later is planned again with the next run. A percentage
 * lets at least one through.
 */
export function withinLimits(
  actions: readonly PlannedAction[],
  { actionsPerRun, percentPerRun, actionsPerDay }: PolicyLimits,
  of: {
    /** Workloads of the policy. */
    matches: number;
    /** Writes of the last 24 hours. */
    today: number;
  },
): PlannedAction[] {
  let left = Math.min(
    actionsPerRun ?? Infinity,
    percentPerRun === undefined
      ? Infinity
      : Math.max(1, Math.floor((of.matches * percentPerRun) / 100)),
    actionsPerDay === undefined
      ? Infinity
      : Math.max(0, actionsPerDay - of.today),
  );
  return actions.filter(({ direction }) => {
    if (direction === 'up' || direction === 'restore') {
      return true;
    }
    left -= 1;
    return left >= 0;
  });
}
