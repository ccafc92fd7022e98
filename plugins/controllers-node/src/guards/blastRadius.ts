import { sayActing, Veto } from '@headroom/common';
import { takesCapacity } from './direction';
import { Guard } from './Guard';
import { BlastLimit } from './GuardLimits';

/**
 * Capacity is taken from so many workloads at most, in one run and in 24 hours. When
 * more are wanted none is done: a selector that suddenly matches half the fleet should
 * not get a part of its way. What gives capacity, or puts it back, is not counted, so
 * that nothing keeps a workload from waking. A workload counts once a day, however often
 * it sleeps.
 */
export const blastRadius: Guard = ({ asked, world, limits, run }) => {
  const { target } = asked.action;
  if (target.type !== 'kubernetes' || !takesCapacity(asked.action)) {
    return [];
  }
  const { cluster } = target;
  const fleet = world.inventories.get(cluster)?.workloads ?? 0;
  const { perRun, perDay, atLeast } = limits.blastRadius;
  const vetoes: Veto[] = [];
  const inRun = mostOf(perRun, fleet, atLeast);
  if (run.taken > inRun) {
    vetoes.push({
      guard: 'blast-radius',
      reason: sayActing('blastRadiusRun', {
        cluster,
        wanted: run.taken,
        limit: inRun,
        fleet,
      }),
      mend: mendOf('perRun', perRun, run.taken),
    });
  }
  const inDay = mostOf(perDay, fleet, atLeast);
  if (run.takenInDay > inDay) {
    vetoes.push({
      guard: 'blast-radius',
      reason: sayActing('blastRadiusDay', {
        cluster,
        wanted: run.takenInDay,
        limit: inDay,
        fleet,
      }),
      mend: mendOf('perDay', perDay, run.takenInDay),
    });
  }
  return vetoes;
};

/** The lower of count and percentage; of a small cluster's percentage at least `atLeast`. */
export function mostOf(
  { count, percent }: BlastLimit,
  fleet: number,
  atLeast: number,
): number {
  return Math.min(
    count,
    Math.max(atLeast, Math.floor((fleet * percent) / 100)),
  );
}

function mendOf(
  key: 'perRun' | 'perDay',
  { count }: BlastLimit,
  wanted: number,
): string {
  return wanted > count
    ? `headroom.acting.blastRadius.${key}.count: ${wanted}`
    : `headroom.acting.blastRadius.${key}.percent: 100 # or what ${wanted} workloads are of the cluster`;
}
