import { DAY_MS, HOUR_MS } from '@headroom/common';
import {
  BASELINE_DAYS,
  EffectsOnWorkload,
} from '@headroom/plugin-scaling-common';
import { WantedHours } from './readCostHours';

/** Hours of costs are kept about as long. */
const COSTS_DAYS = 400;

/** A workload whose hours are wanted. */
export interface DueWorkload extends WantedHours {
  workload: EffectsOnWorkload;
}

/** From when on the hours of a workload are compared. */
export function wantedHoursOf(
  workload: EffectsOnWorkload,
  now: number,
): DueWorkload {
  const { cluster, subject, since } = workload;
  const [kind, path = ''] = subject.split(' ');
  const [namespace, name = ''] = path.split('/');
  return {
    cluster,
    namespace,
    kind,
    name,
    from: Math.max(since - BASELINE_DAYS * DAY_MS, now - COSTS_DAYS * DAY_MS),
    workload,
  };
}

/**
 * Which are measured in this run: those that have waited longest, as many as have so
 * many hours, and one at least.
 *
 * @param measuredAt - when each was last, milliseconds since 1970; 0 = never
 */
export function dueOf<T extends WantedHours>(
  wanted: readonly T[],
  measuredAt: (each: T) => number,
  { now, mostHours }: { now: number; mostHours: number },
): T[] {
  const due: T[] = [];
  let hours = 0;
  for (const { each } of wanted
    .map(one => ({ each: one, at: measuredAt(one) }))
    .sort((a, b) => a.at - b.at)) {
    hours += Math.ceil((now - each.from) / HOUR_MS);
    if (due.length > 0 && hours > mostHours) {
      break;
    }
    due.push(each);
  }
  return due;
}
