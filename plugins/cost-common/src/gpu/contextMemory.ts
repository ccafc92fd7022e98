import { findGpuType } from './gpuTypes';

const MIB = 2 ** 20;
/** An empty CUDA context, measured on an H100 and on an H200 of 132 multiprocessors each. */
const MEASURED_BYTES = 620 * MIB;
const MEASURED_MULTIPROCESSORS = 132;
/** What a context takes whatever the board; the rest grows with the multiprocessors. */
const FIXED_BYTES = 60 * MIB;
/** Libraries and drivers differ by as much. */
const TOLERANCE = 1.25;

/** What a process holds of a device that has loaded nothing. */
export interface ContextMemory {
  /** Of one empty context. */
  bytes: number;
  /** Above it something is loaded. */
  loadedBytes: number;
  /** Measured on this kind of board; else it is a guess. */
  measured: boolean;
}

/**
 * Memory of an empty CUDA context: as measured, and for other boards in
 * proportion to their multiprocessors, as local memory and kernels are kept for
 * each. Of a kind that isn't known as large as the largest that was measured.
 *
 * @param share - of the board, for an instance
 */
export function contextMemory(
  model: string | undefined,
  share = 1,
): ContextMemory {
  const type = findGpuType(model);
  const multiprocessors = type?.multiprocessors ?? MEASURED_MULTIPROCESSORS;
  const bytes =
    FIXED_BYTES +
    ((MEASURED_BYTES - FIXED_BYTES) * multiprocessors * share) /
      MEASURED_MULTIPROCESSORS;
  return {
    bytes,
    loadedBytes: bytes * TOLERANCE,
    measured: Boolean(type?.measured) && share === 1,
  };
}
