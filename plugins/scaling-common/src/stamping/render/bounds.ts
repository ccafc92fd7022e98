import { parseQuantity } from '@headroom/common';

const MIB = 2 ** 20;

/** So many times a quantity, as a number; NaN where it can't be read. */
export function scaled(quantity: string, by: number): number {
  return (parseQuantity(quantity) ?? Number.NaN) * by;
}

/** In whole MiB, rounded up, as Kubernetes writes memory. */
export function formatBinaryBytes(bytes: number): string {
  return `${Math.max(1, Math.ceil(bytes / MIB))}Mi`;
}
