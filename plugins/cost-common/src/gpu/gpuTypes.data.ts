/**
 * What a GPU can do at its best, and what it takes when it does nothing. Sources:
 * NVIDIA data sheets of each board: memory, dense FP16/BF16 tensor throughput
 * (published figures with sparsity are halved), memory bandwidth, streaming
 * multiprocessors, maximum power.
 *
 * Idle and waiting watts were measured where `measured` says so; elsewhere they
 * are guesses: the level `nvidia-smi` shows in public reports on boards that run
 * nothing, and on boards that hold a context and compute nothing, rounded up.
 */
export interface GpuType {
  name: string;
  /** Matches model names in upper case, words set apart by single blanks. */
  model: RegExp;
  memoryGb: number;
  tensorTflops: number;
  bandwidthGbPerSecond: number;
  multiprocessors: number;
  idleWatts: number;
  /** With a context that computes nothing: clocks stay up. */
  waitingWatts: number;
  maxWatts: number;
  /** Idle and waiting watts, and the memory of a context, were measured on a real one. */
  measured: boolean;
}

type Row = [
  name: string,
  model: RegExp,
  memoryGb: number,
  tensorTflops: number,
  bandwidthGbPerSecond: number,
  multiprocessors: number,
  idleWatts: number,
  waitingWatts: number,
  maxWatts: number,
];

const ROWS: Row[] = [
  ['T4', /\bT4\b/, 16, 65, 300, 40, 12, 31, 70],
  ['V100 32 GB', /\bV100\b.*\b32 ?GB\b/, 32, 125, 900, 80, 45, 60, 300],
  ['V100', /\bV100\b/, 16, 125, 900, 80, 45, 60, 300],
  ['A10G', /\bA10G\b/, 24, 70, 600, 80, 25, 60, 300],
  ['A10', /\bA10\b/, 24, 125, 600, 72, 25, 55, 150],
  ['A30', /\bA30\b/, 24, 165, 933, 56, 35, 45, 165],
  ['A40', /\bA40\b/, 48, 150, 696, 84, 35, 110, 300],
  ['RTX A6000', /\bRTX A6000\b/, 48, 155, 768, 84, 30, 90, 300],
  ['L4', /\bL4\b/, 24, 121, 300, 58, 18, 33, 72],
  ['L40S', /\bL40S\b/, 48, 362, 864, 142, 40, 100, 350],
  ['L40', /\bL40\b/, 48, 181, 864, 142, 40, 100, 300],
  ['RTX 6000 Ada', /\bRTX 6000 ADA\b/, 48, 364, 960, 142, 30, 90, 300],
  ['RTX PRO 6000', /\bRTX PRO 6000\b/, 96, 500, 1597, 188, 40, 100, 600],
  ['A100 80 GB', /\bA[18]00\b.*\b80 ?GB\b/, 80, 312, 1935, 108, 65, 75, 400],
  ['A100 40 GB', /\bA[18]00\b/, 40, 312, 1555, 108, 60, 70, 400],
  ['H100 NVL', /\bH100 NVL\b/, 94, 835, 3938, 132, 70, 100, 400],
  ['H100 PCIe', /\bH100 PCIE\b/, 80, 756, 2000, 114, 60, 90, 350],
  ['H100', /\bH100\b/, 80, 989, 3350, 132, 72, 120, 700],
  ['GH200', /\bGH200\b/, 96, 989, 4000, 132, 100, 140, 1000],
  ['H200 NVL', /\bH200 NVL\b/, 141, 835, 4800, 132, 80, 120, 600],
  ['H200', /\bH200\b/, 141, 989, 4800, 132, 78, 122, 700],
  ['B200', /\bG?B200\b/, 180, 2250, 7700, 148, 150, 200, 1000],
  ['B300', /\bG?B300\b/, 269, 2250, 7700, 148, 180, 230, 1400],
];

/** SXM boards whose readings under known loads were recorded. */
const MEASURED = new Set(['H100', 'H200']);

/** The first that fits wins. */
export const GPU_TYPES: readonly GpuType[] = ROWS.map(
  ([
    name,
    model,
    memoryGb,
    tensorTflops,
    bandwidthGbPerSecond,
    multiprocessors,
    idleWatts,
    waitingWatts,
    maxWatts,
  ]) => ({
    name,
    model,
    memoryGb,
    tensorTflops,
    bandwidthGbPerSecond,
    multiprocessors,
    idleWatts,
    waitingWatts,
    maxWatts,
    measured: MEASURED.has(name),
  }),
);
