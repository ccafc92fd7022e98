import { UsageDigest } from '../../digests';

/** Throttled share of an hour's periods from which usage is a lower bound of need: where kubernetes-mixin alerts. */
const CENSORED_SHARE = 0.25;

/** Whether usage was cut off at a CPU limit, in the worst hour of a day or of all days. */
export function isThrottledDay({
  throttledShare = 0,
}: Pick<UsageDigest, 'throttledShare'>): boolean {
  return throttledShare >= CENSORED_SHARE;
}
