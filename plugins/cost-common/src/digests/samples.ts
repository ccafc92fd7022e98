import { HourSamples, SLOTS_PER_HOUR } from '../observations/observations';
import { LARGEST_VALUE } from './buckets';

/** True for a sample that can be: 0 to {@link LARGEST_VALUE}. */
export function usableSample(
  value: number | null | undefined,
): value is number {
  return (
    value !== null &&
    value !== undefined &&
    value >= 0 &&
    value <= LARGEST_VALUE
  );
}

/**
 * Slot by slot, what can be used of an hour's samples. One that can't be true
 * is not known, and of a series that is not twelve long nothing is.
 */
export function eachSample(
  samples: HourSamples | undefined,
  use: (value: number, slot: number) => void,
): void {
  if (samples?.length !== SLOTS_PER_HOUR) {
    return;
  }
  for (let slot = 0; slot < SLOTS_PER_HOUR; slot++) {
    const value = samples[slot];
    if (usableSample(value)) {
      use(value, slot);
    }
  }
}

/** The larger of two numbers of which either may not be known. */
export function largest(
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  if (a === undefined || b === undefined) {
    return a ?? b;
  }
  return Math.max(a, b);
}

/** The sum of what is known. */
export function sumKnown(
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}

/** Without the entries that are undefined. */
export function known<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
