/** Utilisation comes in whole percents, and a probe now and then is no work. */
export const NEAR_ZERO = 0.01;

/** Whether a device computes at a busy share of 0 to 1. @internal */
export function isComputing(busyShare: number): boolean {
  return busyShare > NEAR_ZERO;
}
