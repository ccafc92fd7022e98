import { BilledSize } from './billedSize';

/** Kept back by Fargate for kubelet, kube-proxy and containerd. */
const OVERHEAD_GIB = 0.25;

/** Requests come as means of an hour: so much above a size is how they were measured. */
const TOLERANCE = 0.005;

/**
 * Sizes of pods: vCPU, and GiB from, to and in steps of (EKS user guide, Fargate
 * pod configuration). The smallest has no step: 0.5, 1 or 2 GiB.
 */
const SIZES: Array<[cpu: number, from: number, to: number, step: number]> = [
  [0.25, 0.5, 2, 0],
  [0.5, 1, 4, 1],
  [1, 2, 8, 1],
  [2, 4, 16, 1],
  [4, 8, 30, 1],
  [8, 16, 60, 4],
  [16, 32, 120, 8],
];

/**
 * The size Fargate gives a pod: the smallest that has what its containers
 * request, 256 MiB of memory more. Without requests it is 0.25 vCPU and 0.5 GiB.
 * What is larger than all sizes can't run, and is taken as it is.
 */
export function fargateSize(cpuCores: number, memoryGib: number): BilledSize {
  const cpu = cpuCores * (1 - TOLERANCE);
  const memory = (memoryGib + OVERHEAD_GIB) * (1 - TOLERANCE);
  const size = SIZES.find(([most, , to]) => cpu <= most && memory <= to);
  if (!size) {
    return { cpuCores, memoryGib: memoryGib + OVERHEAD_GIB };
  }
  const [cores, from, , step] = size;
  return { cpuCores: cores, memoryGib: roundUp(memory, from, step) };
}

function roundUp(memory: number, from: number, step: number): number {
  if (memory <= from) {
    return from;
  }
  return step === 0
    ? 2 ** Math.ceil(Math.log2(memory))
    : from + Math.ceil((memory - from) / step) * step;
}

const CAPACITY = /^(\d+(?:\.\d+)?)\s*vCPU\s+(\d+(?:\.\d+)?)\s*GB$/i;

/**
 * Reads the annotation `CapacityProvisioned`, by which Fargate bills: e.g.
 * `0.25vCPU 0.5GB`. Undefined when it isn't one.
 */
export function readCapacityProvisioned(text: string): BilledSize | undefined {
  const [, cpuCores, memoryGib] = CAPACITY.exec(text.trim()) ?? [];
  return cpuCores === undefined
    ? undefined
    : { cpuCores: Number(cpuCores), memoryGib: Number(memoryGib) };
}
