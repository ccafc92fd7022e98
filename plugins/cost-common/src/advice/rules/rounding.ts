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
