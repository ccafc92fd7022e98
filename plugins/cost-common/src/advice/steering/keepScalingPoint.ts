import { roundCpuUp } from '../rules/rounding';

/** Targets between which an HPA reacts in time without wasting a pod. */
const LOWEST_TARGET = 50;
const HIGHEST_TARGET = 90;
/** A step of one percentage point at the lowest target. */
const HYSTERESIS = 0.02;
const MILLICORE = 0.001;
/** A scaling point that moved by no more than this part of it is the same. */
const SAME_POINT = 0.005;
/** What half a percent of the lowest target is of it, and a hair: rounding a target moves it no further. */
const MOST_MOVED = 0.0101;

/** A request and the target that moves with it. */
export interface MovedRequest {
  /** Cores. */
  request: number;
  /** Whole percent. */
  target: number;
  /** Usage a pod at which the HPA adds one, cores. */
  scalingPoint: number;
  /** What it was before, where rounding moves it by more than half a percent; never by more than 1 %. */
  movedFrom?: number;
}

/**
 * A request of at least `wanted` that an HPA on utilisation doesn't notice:
 * request × target, the usage a pod at which it scales, stays. The target is a
 * whole percent within 50–90 %, and the request whole millicores, so one of two
 * answers is taken, whichever leaves the scaling point closer to where it was:
 *
 * - the largest target that is enough, and the request that follows from it,
 *   which may be up to 2 % more than wanted;
 * - the smallest request, and the target nearest to what follows from it: for
 *   requests of a few millicores, of which the next whole one is percents away.
 *
 * What is set now stays when the answer is a step of rounding away from it. So
 * an answer that was applied is never corrected, and nothing ratchets.
 *
 * @param target - percent of the request
 * @returns undefined when `wanted` would need a target below 50 %, or no whole
 * millicores have one, as of the last few there are
 */
export function keepScalingPoint(
  wanted: number,
  current: { request: number; target: number },
): MovedRequest | undefined {
  const scalingPoint = (current.request * current.target) / 100;
  const unchanged = stays(wanted, current)
    ? { ...current, scalingPoint }
    : undefined;
  const moved = nearestTo(scalingPoint, wanted);
  if (!moved) {
    return unchanged;
  }
  const step = HYSTERESIS * current.request + MILLICORE + 1e-9;
  return unchanged && Math.abs(moved.request - current.request) <= step
    ? unchanged
    : moved;
}

function nearestTo(
  scalingPoint: number,
  wanted: number,
): MovedRequest | undefined {
  if (wanted > (100 * scalingPoint) / LOWEST_TARGET + 1e-9) {
    return undefined;
  }
  // A hair more, so that a target that is whole but for rounding is not lowered.
  const target = Math.min(
    HIGHEST_TARGET,
    Math.max(LOWEST_TARGET, Math.floor((100 * scalingPoint) / wanted + 1e-9)),
  );
  const smallest = roundCpuUp(
    Math.max(wanted, (100 * scalingPoint) / HIGHEST_TARGET),
  );
  const answers = [
    { request: roundCpuUp((100 * scalingPoint) / target), target },
    { request: smallest, target: Math.round((100 * scalingPoint) / smallest) },
  ]
    .filter(answer => answer.target >= LOWEST_TARGET)
    .map(answer => movedTo(answer, scalingPoint));
  const best = answers.reduce((least, answer) =>
    errorOf(answer) < errorOf(least) - 1e-9 ? answer : least,
  );
  return errorOf(best) <= MOST_MOVED ? best : undefined;
}

function movedTo(
  { request, target }: { request: number; target: number },
  before: number,
): MovedRequest {
  const after = (request * target) / 100;
  return Math.abs(after - before) <= SAME_POINT * before
    ? { request, target, scalingPoint: before }
    : { request, target, scalingPoint: after, movedFrom: before };
}

function errorOf({ scalingPoint, movedFrom }: MovedRequest): number {
  return movedFrom === undefined ? 0 : Math.abs(scalingPoint / movedFrom - 1);
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
