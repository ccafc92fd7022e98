import { saidPart, sayActing, Worded } from '@headroom/common';
import { InventoryFacts } from './facts';
import { Guard } from './Guard';
import { GuardLimits } from './GuardLimits';

/** A few workloads may go without being a sign of anything. */
const SMALL_FALL = 2;

/**
 * Nothing is done on what is known of a cluster when that is nothing, partial, old, or
 * suddenly less: a list that came back short looks like workloads that went. What is
 * taken back needs no inventory: its target is looked at.
 */
export const inventory: Guard = ({ asked, world, limits }) => {
  const { target } = asked.action;
  if (target.type !== 'kubernetes' || asked.undoOf !== undefined) {
    return [];
  }
  const reason = distrust(
    target.cluster,
    world.inventories.get(target.cluster),
    limits.inventory,
  );
  return reason ? [{ guard: 'inventory', reason }] : [];
};

function distrust(
  cluster: string,
  facts: InventoryFacts | undefined,
  { maxAgeSeconds, shrunkPercent }: GuardLimits['inventory'],
): Worded | undefined {
  if (!facts) {
    return sayActing('inventoryUnknown', { cluster });
  }
  const { state, reason, ageSeconds, workloads, workloadsBefore } = facts;
  if (state === 'failed') {
    return reason
      ? sayActing('inventoryFailedWhy', { cluster, reason: saidPart(reason) })
      : sayActing('inventoryFailed', { cluster });
  }
  if (state === 'partial') {
    return reason
      ? sayActing('inventoryPartialWhy', { cluster, reason: saidPart(reason) })
      : sayActing('inventoryPartial', { cluster });
  }
  if (workloads === 0) {
    return sayActing('inventoryEmpty', { cluster });
  }
  // Also what is no number at all is not trusted.
  if (!(ageSeconds <= maxAgeSeconds)) {
    return sayActing('inventoryStale', {
      cluster,
      seconds: Math.round(ageSeconds),
      limit: maxAgeSeconds,
    });
  }
  const fall = (workloadsBefore ?? workloads) - workloads;
  return fall > SMALL_FALL && fall * 100 > shrunkPercent * workloadsBefore!
    ? sayActing('inventoryShrunken', {
        cluster,
        now: workloads,
        before: workloadsBefore!,
        percent: shrunkPercent,
      })
    : undefined;
}
