import { PlannedAction, Said } from '@headroom/common';
import { PolicyLimits, sayReport } from '@headroom/plugin-scaling-common';

/**
 * A policy's actions, with the reason at those that its own limits leave for a later
 * run. Only what takes capacity is bounded, and counted. A percentage lets at least one
 * through.
 */
export function withinLimits(
  actions: readonly PlannedAction[],
  { actionsPerRun, percentPerRun, actionsPerDay }: PolicyLimits,
  of: {
    /** Workloads of the policy. */
    matches: number;
    /** Writes of the last 24 hours that took capacity. */
    today: number;
  },
): PlannedAction[] {
  const limits: Array<{ left: number; said: Said }> = [];
  if (actionsPerRun !== undefined) {
    limits.push({
      left: actionsPerRun,
      said: sayReport('limitPerRun', { limit: actionsPerRun }),
    });
  }
  if (percentPerRun !== undefined) {
    const limit = Math.max(1, Math.floor((of.matches * percentPerRun) / 100));
    limits.push({
      left: limit,
      said: sayReport('limitPercent', {
        percent: percentPerRun,
        limit,
        matches: of.matches,
      }),
    });
  }
  if (actionsPerDay !== undefined) {
    limits.push({
      left: actionsPerDay - of.today,
      said: sayReport('limitPerDay', {
        limit: actionsPerDay,
        today: of.today,
      }),
    });
  }
  let taken = 0;
  return actions.map(action => {
    if (action.direction === 'up' || action.direction === 'restore') {
      return action;
    }
    const over = limits.find(({ left }) => taken >= left);
    if (over) {
      return { ...action, overLimit: over.said };
    }
    taken += 1;
    return action;
  });
}
