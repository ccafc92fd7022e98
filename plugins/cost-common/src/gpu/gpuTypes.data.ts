/**
 * What a GPU can do at its best. Sources: NVIDIA data sheets of each board:
 * memory, dense FP16/BF16 tensor throughput (published figures with sparsity are
 * halved), memory bandwidth, maximum power. `idleWatts` is the level `nvidia-smi`
 * shows on a board that runs nothing, rounded up.
 */
export interface GpuType {
  name: string;
  /** Matches model names in upper case, words set apart by single blanks. */
  model: RegExp;
  memoryGb: number;
  tensorTflops: number;
  bandwidthGbPerSecond: number;
  idleWatts: number;
  maxWatts: number;
}

type Row = [
  name: string,
  model: RegExp,
  memoryGb: number,
  tensorTflops: number,
  bandwidthGbPerSecond: number,
  idleWatts: number,
  maxWatts: number,
];

const ROWS: Row[] = [
  ['T4', /\bT4\b/, 16, 65, 300, 12, 70],
  ['V100 32 GB', /\bV100\b.*\b32 ?GB\b/, 32, 125, 900, 45, 300],
  ['V100', /\bV100\b/, 16, 125, 900, 45, 300],
  ['A10G', /\bA10G\b/, 24, 70, 600, 25, 300],
  ['A10', /\bA10\b/, 24, 125, 600, 25, 150],
  ['A30', /\bA30\b/, 24, 165, 933, 35, 165],
  ['A40', /\bA40\b/, 48, 150, 696, 35, 300],
  ['RTX A6000', /\bRTX A6000\b/, 48, 155, 768, 30, 300],
  ['L4', /\bL4\b/, 24, 121, 300, 18, 72],
  ['L40S', /\bL40S\b/, 48, 362, 864, 40, 350],
  ['L40', /\bL40\b/, 48, 181, 864, 40, 300],
  ['RTX 6000 Ada', /\bRTX 6000 ADA\b/, 48, 364, 960, 30, 300],
  ['RTX PRO 6000', /\bRTX PRO 6000\b/, 96, 500, 1597, 40, 600],
  ['A100 80 GB', /\bA[18]00\b.*\b80 ?GB\b/, 80, 312, 1935, 65, 400],
  ['A100 40 GB', /\bA[18]00\b/, 40, 312, 1555, 60, 400],
  ['H100 NVL', /\bH100 NVL\b/, 94, 835, 3938, 70, 400],
  ['H100 PCIe', /\bH100 PCIE\b/, 80, 756, 2000, 60, 350],
  ['H100', /\bH100\b/, 80, 989, 3350, 80, 700],
  ['GH200', /\bGH200\b/, 96, 989, 4000, 100, 1000],
  ['H200', /\bH200\b/, 141, 989, 4800, 85, 700],
  ['B200', /\bG?B200\b/, 180, 2250, 7700, 150, 1000],
  ['B300', /\bG?B300\b/, 269, 2250, 7700, 180, 1400],
];

/** The first that fits wins. */
export const GPU_TYPES: readonly GpuType[] = ROWS.map(
  ([
    name,
    model,
    memoryGb,
    tensorTflops,
    bandwidthGbPerSecond,
    idleWatts,
    maxWatts,
  ]) => ({
    name,
    model,
    memoryGb,
    tensorTflops,
    bandwidthGbPerSecond,
    idleWatts,
    maxWatts,
  }),
);
