import { SLOT_SECONDS } from '../../observations/observations';
import { ContainerSpec } from '../../workloads/types';
import { AdviceInput } from '../types';
import { DayUsage, dayUsageOf } from './dayUsage';
import { differs } from './drift';

/** What cut the window short. */
export interface SpecChange {
  /** First moment under the new spec, ISO 8601 UTC. */
  at: string;
  what: 'limits' | 'image';
}

/** The days an advice stands on. */
export interface UsedDays {
  days: DayUsage[];
  /** ISO 8601 UTC. */
  usedFrom: string;
  /** Days left out because they were measured under another spec. */
  change?: SpecChange;
}

/**
 * The days of the window that were measured under the spec in force: whole days
 * after the last change of limits. Requests say nothing about usage, so they cut
 * nothing. An image cuts only when usage after it differs from before: most
 * releases change nothing, and a fleet that releases daily would never get
 * advice.
 */
export function usedDays(
  input: Pick<AdviceInput, 'window' | 'digests' | 'spec'>,
): UsedDays {
  const { window, spec } = input;
  const start = Date.parse(window.start);
  const end = Date.parse(window.end);
  const inWindow = input.digests.filter(digest => {
    const at = Date.parse(digest.start);
    return at >= start && at < end;
  });
  const all = inWindow.map(dayUsageOf);
  const afterLimits = cutAtLimits(all, spec, window.end);
  const { days, change } = cutAtImage(afterLimits);
  return {
    days,
    usedFrom: days.length > 0 ? days[0].digest.start : window.end,
    ...(change && { change }),
  };
}

type Cut = Pick<UsedDays, 'days' | 'change'>;

function cutAtLimits(
  days: DayUsage[],
  inForce: ContainerSpec | undefined,
  end: string,
): Cut {
  let reference = inForce;
  let changedAt = end;
  for (let day = days.length - 1; day >= 0; day--) {
    const { digest } = days[day];
    for (let i = digest.specs.length - 1; i >= 0; i--) {
      const { fromSlot, spec } = digest.specs[i];
      reference ??= spec;
      if (!sameLimits(spec, reference)) {
        return {
          days: wholeDaysFrom(days, day + 1, changedAt),
          change: { at: changedAt, what: 'limits' },
        };
      }
      changedAt = momentOf(digest.start, fromSlot);
    }
  }
  return { days };
}

function cutAtImage({ days, change }: Cut): Cut {
  for (let day = days.length - 1; day > 0; day--) {
    const before = lastImage(days[day - 1]);
    const after = lastImage(days[day]);
    if (before !== undefined && after !== undefined && before !== after) {
      // The day of the change has both images, and counts as neither.
      const split = days[day].digest.specs[0].spec.image === after ? 0 : 1;
      const newer = days.slice(day + split);
      if (differs(days.slice(0, day), newer)) {
        const first = days[day].digest;
        const span = first.specs.find(({ spec }) => spec.image === after);
        const at = momentOf(first.start, span?.fromSlot ?? 0);
        return { days: newer, change: { at, what: 'image' } };
      }
    }
  }
  return { days, ...(change && { change }) };
}

/** A day counts when all of it came after the change. */
function wholeDaysFrom(
  days: DayUsage[],
  first: number,
  changedAt: string,
): DayUsage[] {
  const at = Date.parse(changedAt);
  return days
    .slice(first)
    .filter(({ digest }) => Date.parse(digest.start) >= at);
}

function lastImage({ digest }: DayUsage): string | undefined {
  return digest.specs.at(-1)?.spec.image;
}

function momentOf(start: string, slot: number): string {
  return slot === 0
    ? start
    : new Date(Date.parse(start) + slot * SLOT_SECONDS * 1000).toISOString();
}

function sameLimits(a: ContainerSpec, b: ContainerSpec): boolean {
  return (
    sameQuantity(a.cpuLimitCores, b.cpuLimitCores) &&
    sameQuantity(a.memoryLimitBytes, b.memoryLimitBytes)
  );
}

/** Sources round differently; a thousandth is no change. */
function sameQuantity(a: number | undefined, b: number | undefined): boolean {
  return a === undefined || b === undefined
    ? a === b
    : Math.abs(a - b) <= 1e-3 * Math.max(a, b);
}
