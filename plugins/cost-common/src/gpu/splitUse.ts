import { splitExactly } from '@headroom/common';

/**
 * Splits what a tenant pays for a device into used, unused and unknown: of the
 * time it held the device (hours of equal unit), how much of the use is known,
 * and how much of that it was busy.
 *
 * @public
 */
export function splitUse(
  micros: bigint,
  hours: { held: number; known: number; busy: number },
): { used: bigint; unused: bigint; unknown: bigint } {
  const known = Math.min(Math.max(0, hours.known), hours.held);
  const busy = Math.min(Math.max(0, hours.busy), known);
  const [unknown, used, unused] = splitWeights(micros, [
    hours.held - known,
    busy,
    known - busy,
  ]);
  return { used, unused, unknown };
}

/** As `splitExactly`; when nobody has a weight, the first takes it all. */
function splitWeights(total: bigint, weights: number[]): bigint[] {
  return weights.some(weight => weight > 0)
    ? splitExactly(total, weights)
    : weights.map((_, i) => (i === 0 ? total : 0n));
}
