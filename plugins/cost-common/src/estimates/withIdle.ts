import { divideHalfEven } from '@headroom/common';
import { ObservedIdle } from './estimatePrices';
import { MonthlyEstimate } from './estimateMonthly';

/**
 * An estimate with its share of idle, should idle stay the share of what is
 * charged that it was: each resource × (charged + idle) / charged, as sharing in
 * proportion does. Micros.
 *
 * @public
 */
export function withIdle(
  { minMonthly, maxMonthly, byResource }: MonthlyEstimate,
  idle: Partial<Record<'cpu' | 'memory' | 'gpu', ObservedIdle>>,
): { min: bigint; max: bigint } {
  let [min, max] = [minMonthly.micros, maxMonthly.micros];
  for (const resource of ['cpu', 'memory', 'gpu'] as const) {
    const range = byResource[resource];
    const { idleMicros = 0n, chargedMicros = 0n } = idle[resource] ?? {};
    if (range && chargedMicros > 0n) {
      min += divideHalfEven(range.min.micros * idleMicros, chargedMicros);
      max += divideHalfEven(range.max.micros * idleMicros, chargedMicros);
    }
  }
  return { min, max };
}
