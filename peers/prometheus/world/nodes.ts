import { MINUTES_PER_DAY } from './time';

/** A node of the generated cluster. Minutes count from the start of the data. */
export interface WorldNode {
  name: string;
  instanceType: 'm5.4xlarge' | 'g5.12xlarge' | 'g5.xlarge' | 'p5.4xlarge';
  capacityType: 'on-demand' | 'spot';
  pool: string;
  cpuCores: number;
  memoryGib: number;
  /** Boards. */
  gpus: number;
  /** GPU units it offers by resource, and what one is of a board. */
  gpuUnits: Record<string, { units: number; boardShare: number }>;
  /** What GPU feature discovery writes on it. */
  gpuLabels: Record<string, string>;
  /** As the driver names the board. */
  gpuModel?: string;
  /** Minute it left; absent = it stayed. */
  leaves?: number;
}

const general = {
  instanceType: 'm5.4xlarge',
  cpuCores: 16,
  memoryGib: 64,
  gpus: 0,
  gpuUnits: {},
  gpuLabels: {},
} as const;
const gpu = {
  instanceType: 'g5.12xlarge',
  capacityType: 'on-demand',
  pool: 'gpu',
  cpuCores: 48,
  memoryGib: 192,
  gpus: 4,
  gpuUnits: { nvidia_com_gpu: { units: 4, boardShare: 1 } },
  gpuLabels: {
    label_nvidia_com_gpu_product: 'NVIDIA-A10G',
    label_nvidia_com_gpu_count: '4',
  },
  gpuModel: 'NVIDIA A10G',
} as const;
const small = {
  instanceType: 'g5.xlarge',
  capacityType: 'on-demand',
  pool: 'gpu-small',
  cpuCores: 4,
  memoryGib: 16,
  gpus: 1,
  gpuModel: 'NVIDIA A10G',
} as const;

/** 10:37 on the tenth day. */
export const NODE_LEAVES = 9 * MINUTES_PER_DAY + 10 * 60 + 37;

export const NODES: WorldNode[] = [
  { name: 'general-1', capacityType: 'on-demand', pool: 'general', ...general },
  { name: 'general-2', capacityType: 'on-demand', pool: 'general', ...general },
  {
    name: 'general-3',
    capacityType: 'on-demand',
    pool: 'general',
    leaves: NODE_LEAVES,
    ...general,
  },
  { name: 'spot-1', capacityType: 'spot', pool: 'spot', ...general },
  { name: 'gpu-1', ...gpu },
  { name: 'gpu-2', ...gpu },
  // One board for four clients at a time.
  {
    name: 'sliced-1',
    ...small,
    gpuUnits: { nvidia_com_gpu: { units: 4, boardShare: 1 / 4 } },
    gpuLabels: {
      label_nvidia_com_gpu_product: 'NVIDIA-A10G-SHARED',
      label_nvidia_com_gpu_count: '1',
      label_nvidia_com_gpu_replicas: '4',
      label_nvidia_com_gpu_sharing_strategy: 'time-slicing',
    },
  },
  // Its profiling counters read 0, whatever runs.
  {
    name: 'silent-1',
    ...small,
    gpuUnits: { nvidia_com_gpu: { units: 1, boardShare: 1 } },
    gpuLabels: {
      label_nvidia_com_gpu_product: 'NVIDIA-A10G',
      label_nvidia_com_gpu_count: '1',
    },
  },
  // One board cut into instances: 3/7 of compute and half of the memory, and 1/7 of compute twice.
  {
    name: 'mig-1',
    instanceType: 'p5.4xlarge',
    capacityType: 'on-demand',
    pool: 'gpu-mig',
    cpuCores: 16,
    memoryGib: 256,
    gpus: 1,
    gpuModel: 'NVIDIA H100 80GB HBM3',
    gpuUnits: {
      nvidia_com_mig_3g_40gb: { units: 1, boardShare: 1 / 2 },
      nvidia_com_mig_1g_10gb: { units: 2, boardShare: 1 / 7 },
    },
    gpuLabels: {
      label_nvidia_com_gpu_product: 'NVIDIA-H100-80GB-HBM3',
      label_nvidia_com_gpu_count: '1',
      label_nvidia_com_mig_strategy: 'mixed',
    },
  },
];
