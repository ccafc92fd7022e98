import { parseQuantity } from '@headroom/plugin-clusters-node';

/** A Kubernetes quantity (`10m`, `32Mi`) or a plain number as a number above 0; undefined when it is none. */
export function positiveQuantity(value: string | number): number | undefined {
  const parsed = parseQuantity(value);
  return parsed !== undefined && Number.isFinite(parsed) && parsed > 0
    ? parsed
    : undefined;
}
