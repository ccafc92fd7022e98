import { roundCpuUp } from '../rules/rounding';

/** Targets between which an HPA reacts in time without wasting a pod. */
const LOWEST_TARGET = 50;
const HIGHEST_TARGET = 90;
/** A step of one percentage point at the lowest target. */
const HYSTERESIS = 0.02;
const MILLICORE = 0.001;

/** A request and the target that moves with it. */
export interface MovedRequest {
  /** Cores. */
  request: number;
  /** Whole percent. */
  target: number;
  /** Usage a pod at which the HPA adds one, cores. */
  scalingPoint: number;
}

/**
 * A request of at least `wanted` that an HPA on utilisation doesn't notice:
 * request × target, the usage a pod at which it scales, stays. The target is
 * rounded down to whole percent and kept within 50–90 %, and the request follows
 * from it, so it may be more than wanted.
 *
 * What is set now stays when the answer is a step of rounding away from it. So
 * an answer that was applied is never corrected, and nothing ratchets.
 *
 * @param target - percent of the request
 * @returns undefined when `wanted` would need a target below 50 %
 */
export function keepScalingPoint(
  wanted: number,
  current: { request: number; target: number },
): MovedRequest | undefined {
  const scalingPoint = (current.request * current.target) / 100;
  if (wanted > (100 * scalingPoint) / LOWEST_TARGET + 1e-9) {
    return stays(wanted, current) ? { ...current, scalingPoint } : undefined;
  }
  const exact = (100 * scalingPoint) / wanted;
  // A hair more, so that a target that is whole but for rounding is not lowered.
  const target = Math.min(
    HIGHEST_TARGET,
    Math.max(LOWEST_TARGET, Math.floor(exact + 1e-9)),
  );
  const request = roundCpuUp((100 * scalingPoint) / target);
  const step = HYSTERESIS * current.request + MILLICORE + 1e-9;
  return stays(wanted, current) && Math.abs(request - current.request) <= step
    ? { ...current, scalingPoint }
    : { request, target, scalingPoint };
}

/** What is set is within the bounds and enough. */
function stays(
  wanted: number,
  { request, target }: { request: number; target: number },
): boolean {
  return (
    Number.isInteger(target) &&
    target >= LOWEST_TARGET &&
    target <= HIGHEST_TARGET &&
    request >= wanted - MILLICORE / 2
  );
}

/**
 * As {@link keepScalingPoint} for a request in whole cores, that nothing can be
 * added to but a core: the fewest cores, at least `wanted`, of which a whole
 * percent is the scaling point.
 *
 * @param wanted - whole cores
 * @returns what is set now when nothing else is exact and it is enough;
 * undefined when it isn't
 */
export function keepScalingPointInCores(
  wanted: number,
  current: { request: number; target: number },
): MovedRequest | undefined {
  const scalingPoint = (current.request * current.target) / 100;
  const most = (100 * scalingPoint) / LOWEST_TARGET + 1e-9;
  for (let request = wanted; request <= most; request++) {
    const target = (100 * scalingPoint) / request;
    const whole = Math.round(target);
    if (whole <= HIGHEST_TARGET && Math.abs(target - whole) < 1e-9) {
      return { request, target: whole, scalingPoint };
    }
  }
  return current.request >= wanted ? { ...current, scalingPoint } : undefined;
}
