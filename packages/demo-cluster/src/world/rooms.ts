import { NodeLife, PodLife } from './lives';
import { MIB, NodePool, WorkloadSpec } from './types';
import { PodWish } from './wishes';

/** What of a node the kubelet and the system keep for themselves. */
export function allocatable(pool: NodePool): {
  cpuCores: number;
  memoryBytes: number;
} {
  return {
    cpuCores: pool.cpuCores - 0.09,
    memoryBytes: Math.floor(pool.memoryBytes * 0.95) - 255 * MIB,
  };
}

/** A pod that runs, and why. */
export interface Running {
  life: PodLife;
  wish: PodWish;
}

/** A node and what is free on it. */
export interface Room {
  life: NodeLife;
  cpuCores: number;
  memoryBytes: number;
  gpuDevices: number;
  pods: Set<Running>;
  daemons: PodLife[];
  emptySince?: number;
}

/** What a pod asks for. */
export interface Needs {
  cpuCores: number;
  memoryBytes: number;
  gpuDevices: number;
}

/** What a pod of a workload asks for. */
export function needsOf(spec: WorkloadSpec): Needs {
  const needs = { cpuCores: 0, memoryBytes: 0, gpuDevices: 0 };
  for (const container of spec.containers) {
    needs.cpuCores += container.cpuRequestCores;
    needs.memoryBytes += container.memoryRequestBytes;
    needs.gpuDevices += container.gpuDevices ?? 0;
  }
  return needs;
}

/** Whether a pod finds room on a node. */
export function fits(room: Room, needs: Needs): boolean {
  const spare = 1e-9;
  return (
    room.cpuCores + spare >= needs.cpuCores &&
    room.memoryBytes >= needs.memoryBytes &&
    room.gpuDevices >= needs.gpuDevices
  );
}

/** Takes room on a node (−1) or gives it back (1). */
export function take(room: Room, needs: Needs, sign: 1 | -1): void {
  room.cpuCores += sign * needs.cpuCores;
  room.memoryBytes += sign * needs.memoryBytes;
  room.gpuDevices += sign * needs.gpuDevices;
}
