import { Micros, PlannedAction } from '@headroom/common';

const HOURS_A_MONTH = 730;
/** Pods are looked at soon: a kill is one however young the pod is, and each minute counts. */
export const SETTLE_SECONDS = 30;

/** The 730th of it; money is whole micros. */
export function hourly(perMonth: Micros | undefined): Micros | undefined {
  return perMonth === undefined
    ? undefined
    : String(BigInt(perMonth) / BigInt(HOURS_A_MONTH));
}

/** */
export function directionOf(
  saving: Micros | undefined,
): PlannedAction['direction'] {
  if (saving === undefined) {
    return 'neutral';
  }
  return BigInt(saving) >= BigInt(0) ? 'down' : 'up';
}
