import { Appetite } from '../types';

const MIB = 2 ** 20;
const MILLICORES = 1000;

/**
 * Up to a whole millicore. The tolerance keeps 0.29 (290.00000000000006 m) at
 * 290 m; it must not make -0 of 0.
 */
export function roundCpuUp(cores: number): number {
  return Math.max(0, Math.ceil(cores * MILLICORES - 1e-6)) / MILLICORES;
}

/** Down to a whole millicore. */
export function roundCpuDown(cores: number): number {
  return Math.floor(cores * MILLICORES + 1e-6) / MILLICORES;
}

/** Up to a whole MiB, never below the value: division by a power of two is exact. */
export function roundMemoryUp(bytes: number): number {
  return Math.ceil(bytes / MIB) * MIB;
}

/** Down to a whole MiB, never above the value. */
export function roundMemoryDown(bytes: number): number {
  return Math.floor(bytes / MIB) * MIB;
}

/**
 * What memory gets above its peak. Running out of it ends a pod, so even the
 * boldest leaves room for one more percent of bucket width and a little growth;
 * 15 % is what the common recommenders add.
 */
export const MEMORY_MARGINS: Readonly<Record<Appetite, number>> = {
  dev: 1.1,
  standard: 1.15,
  critical: 1.25,
};

/** What CPU gets above the peak of runs and of init containers: late is not lost. */
export const RUN_CPU_MARGINS: Readonly<Record<Appetite, number>> = {
  dev: 1,
  standard: 1.1,
  critical: 1.25,
};
