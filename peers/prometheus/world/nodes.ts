import { MINUTES_PER_DAY } from './time';

/** A node of the generated cluster. Minutes count from the start of the data. */
export interface WorldNode {
  name: string;
  instanceType: 'm5.4xlarge' | 'g5.12xlarge';
  capacityType: 'on-demand' | 'spot';
  pool: string;
  cpuCores: number;
  memoryGib: number;
  gpus: number;
  /** Minute it left; absent = it stayed. */
  leaves?: number;
}

const general = {
  instanceType: 'm5.4xlarge',
  cpuCores: 16,
  memoryGib: 64,
  gpus: 0,
} as const;
const gpu = {
  instanceType: 'g5.12xlarge',
  capacityType: 'on-demand',
  pool: 'gpu',
  cpuCores: 48,
  memoryGib: 192,
  gpus: 4,
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
];
