import { roundCpuUp } from '../rules/rounding';
import { keepScalingPoint, MovedRequest } from './keepScalingPoint';

const MILLI = 1000;
/** A step of one percentage point at the lowest target, as for one request. */
const HYSTERESIS = 0.02;
const MILLICORE = 0.001;

/** A container of a pod whose requests one target is over. */
export interface ScaledMember {
  /** Request now, and what it should be, cores. */
  current: number;
  wanted: number;
  /** What is there stays as it is: nothing may be added to it. */
  fixed: boolean;
}

/** Requests of all members, in their order, and the target that moves with them. */
export interface MovedTogether extends Omit<MovedRequest, 'request'> {
  requests: number[];
}

/**
 * Requests of a pod's containers that an HPA on the pod's utilisation doesn't
 * notice: their sum × target stays. What the whole percent of the target leaves
 * over goes to the members by what they want, so that the sum is exact to a
 * millicore.
 *
 * What is set stays when every request is a step of rounding, or `noise`, away:
 * one of several can't be left out.
 *
 * @param target - percent of the sum of requests
 * @param noise - relative change below which a request is as good as right
 * @returns undefined when the target would fall below 50 %, or nothing may take
 * what is left over
 */
export function scaleTogether(
  members: readonly ScaledMember[],
  target: number,
  noise: number,
): MovedTogether | undefined {
  const sum = (of: (member: ScaledMember) => number) =>
    members.reduce((total, member) => total + of(member), 0);
  const current = sum(member => member.current);
  const wanted = sum(member => roundCpuUp(member.wanted));
  const moved = keepScalingPoint(wanted, { request: current, target });
  if (!moved) {
    return undefined;
  }
  const { request, ...point } = moved;
  const requests = spread(members, request);
  if (!requests) {
    return undefined;
  }
  const stays = members.every((member, i) => {
    const apart = Math.abs(requests[i] - member.current);
    const step = HYSTERESIS * member.current + MILLICORE + 1e-9;
    return apart <= step || apart < noise * member.current;
  });
  return stays
    ? {
        requests: members.map(member => member.current),
        target,
        scalingPoint: (current * target) / 100,
      }
    : { ...point, requests };
}

/** Adds what is left over to what the members want, in millicores by largest remainder. */
function spread(
  members: readonly ScaledMember[],
  total: number,
): number[] | undefined {
  const wanted = members.map(member => roundCpuUp(member.wanted));
  const over =
    Math.round(total * MILLI) -
    wanted.reduce((sum, each) => sum + Math.round(each * MILLI), 0);
  if (over <= 0) {
    return wanted;
  }
  const weights = members.map(({ fixed }, i) =>
    fixed ? 0 : Math.max(wanted[i], MILLICORE),
  );
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  if (all === 0) {
    return undefined;
  }
  const exact = weights.map(weight => (over * weight) / all);
  const parts = exact.map(Math.floor);
  const rest = over - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((part, i) => ({ i, remainder: part - parts[i] }))
    .filter(({ i }) => weights[i] > 0)
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (let next = 0; next < rest; next++) {
    parts[byRemainder[next % byRemainder.length].i] += 1;
  }
  return wanted.map((each, i) => (Math.round(each * MILLI) + parts[i]) / MILLI);
}
