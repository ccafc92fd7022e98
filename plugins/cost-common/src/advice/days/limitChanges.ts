import { ContainerSpec } from '@headroom/common';
import { AdvisedResource } from '../types';
import { ContainerDay } from './containerDay';
import { momentOf } from './momentOf';
import { isThrottledDay } from './throttled';

/** Usage this close to a limit was held back by it. */
const AT_LIMIT = 0.95;

/** A change of limits inside the window. */
export interface LimitChange {
  /** First moment under the new limits, ISO 8601 UTC. */
  at: string;
  /** Days that were wholly before it, and the first that was wholly after. */
  before: number;
  after: number;
  /** Which limits changed. */
  of: Record<AdvisedResource, boolean>;
  /** By resource, whether its limit had cut usage off: what was used then is less than what was needed. */
  cutOff: Record<AdvisedResource, boolean>;
  /** A limit that was lowered cuts usage off now: what was used before is nearer to what is needed. */
  cutsOff: boolean;
}

/** Changes of limits from one digest's spec to the next, oldest first. */
export function changesOfLimits(days: readonly ContainerDay[]): LimitChange[] {
  const changes: LimitChange[] = [];
  /** `since` is the first day that is wholly under it. */
  let inForce: { spec: ContainerSpec; since: number } | undefined;
  days.forEach(({ digest }, day) => {
    digest.specs.forEach(({ fromSlot, spec }, i) => {
      if (!inForce) {
        inForce = { spec, since: day };
        return;
      }
      const cpu = !sameQuantity(spec.cpuLimitCores, inForce.spec.cpuLimitCores);
      const memory = !sameQuantity(
        spec.memoryLimitBytes,
        inForce.spec.memoryLimitBytes,
      );
      if (cpu || memory) {
        const old = inForce.spec;
        const [under, after] = sidesOf(days, inForce.since, day, i > 0);
        changes.push({
          at: momentOf(digest.start, fromSlot),
          before: day,
          after: i > 0 ? day + 1 : day,
          of: { cpu, memory },
          cutOff: {
            cpu: cpu && under.some(each => cutCpu(each, old)),
            memory: memory && under.some(each => cutMemory(each, old)),
          },
          cutsOff: after.some(
            each =>
              (isLower(spec.cpuLimitCores, old.cpuLimitCores) &&
                cutCpu(each, spec)) ||
              (isLower(spec.memoryLimitBytes, old.memoryLimitBytes) &&
                cutMemory(each, spec)),
          ),
        });
        inForce = { spec, since: i > 0 ? day + 1 : day };
      }
    });
  });
  return changes;
}

/**
 * Days under the old limits and under the new ones. The day of a change within it
 * has worst hours of which nobody can say under which limit they were, so it
 * counts only where no whole day was under the old ones.
 */
function sidesOf(
  days: readonly ContainerDay[],
  since: number,
  day: number,
  isWithin: boolean,
): [under: ContainerDay[], after: ContainerDay[]] {
  const end = isWithin ? day + 1 : day;
  const whole = days.slice(since, day);
  const inPart = days.slice(Math.max(0, Math.min(since, day) - 1), end);
  return [whole.length > 0 ? whole : inPart, days.slice(end)];
}

function isLower(now: number | undefined, before: number | undefined): boolean {
  return !sameQuantity(now, before) && (now ?? Infinity) < (before ?? Infinity);
}

function cutCpu(
  { digest, cpu }: ContainerDay,
  { cpuLimitCores }: ContainerSpec,
) {
  return (
    isThrottledDay(digest) ||
    (cpu?.peak ?? 0) >= AT_LIMIT * (cpuLimitCores ?? Infinity)
  );
}

function cutMemory(
  { digest, memory }: ContainerDay,
  { memoryLimitBytes }: ContainerSpec,
) {
  return (
    (digest.oomKills ?? 0) > 0 ||
    (memory?.peak ?? 0) >= AT_LIMIT * (memoryLimitBytes ?? Infinity)
  );
}

/** Sources round differently; a thousandth is no change. */
function sameQuantity(a: number | undefined, b: number | undefined): boolean {
  return a === undefined || b === undefined
    ? a === b
    : Math.abs(a - b) <= 1e-3 * Math.max(a, b);
}
