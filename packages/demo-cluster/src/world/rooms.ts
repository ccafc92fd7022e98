import { GPU_RESOURCE, gpuSlots } from './gpuSlots';
import { NodeLife, PodLife } from './lives';
import { ContainerSpec, MIB, NodePool, WorkloadSpec } from './types';
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
  /** What it asks for since it was resized in place. */
  resized?: Needs;
  /** Set when it is known to end in an hour to come, in seconds since the start of the world. */
  leavesAt?: number;
}

/** A node and what is free on it. */
export interface Room {
  life: NodeLife;
  cpuCores: number;
  memoryBytes: number;
  /** Indices of the GPU slots nobody holds, ascending. */
  freeGpuSlots: number[];
  pods: Set<Running>;
  daemons: Running[];
  emptySince?: number;
}

/** A node of a pool with nothing on it. */
export function emptyRoom(life: NodeLife): Room {
  return {
    life,
    ...allocatable(life.pool),
    freeGpuSlots: gpuSlots(life.pool).map((_, index) => index),
    pods: new Set(),
    daemons: [],
  };
}

/** Whether a DaemonSet has a pod on the nodes of a pool. */
export function runsOn(daemon: WorkloadSpec, pool: NodePool): boolean {
  return daemon.pool === '*' || pool.gpuDevices > 0;
}

/** What a pod asks for. */
export interface Needs {
  cpuCores: number;
  memoryBytes: number;
  gpuDevices: number;
  gpuResource: string;
}

/** A node whose pods can come and go without the first one's noticing. */
export function copyOf(room: Room): Room {
  return {
    ...room,
    pods: new Set([...room.pods].map(running => ({ ...running }))),
    daemons: room.daemons.map(running => ({ ...running })),
  };
}

/** What a pod asks for; its init containers are over when the others begin, and ask for less. */
export function needsOf(containers: readonly ContainerSpec[]): Needs {
  const needs = {
    cpuCores: 0,
    memoryBytes: 0,
    gpuDevices: 0,
    gpuResource: GPU_RESOURCE,
  };
  for (const container of containers) {
    if (container.role !== 'init') {
      needs.cpuCores += container.cpuRequestCores;
      needs.memoryBytes += container.memoryRequestBytes;
      needs.gpuDevices += container.gpuDevices ?? 0;
      needs.gpuResource = container.gpuResource ?? needs.gpuResource;
    }
  }
  return needs;
}

/** GPU slots a pod would get on a node; fewer than it asks for when there are too few. */
function slotsFor(room: Room, needs: Needs): number[] {
  const slots = gpuSlots(room.life.pool);
  return needs.gpuDevices === 0
    ? []
    : room.freeGpuSlots
        .filter(index => slots[index].resource === needs.gpuResource)
        .slice(0, needs.gpuDevices);
}

/** Whether a pod finds room on a node. */
export function fits(room: Room, needs: Needs): boolean {
  const spare = 1e-9;
  return (
    room.cpuCores + spare >= needs.cpuCores &&
    room.memoryBytes >= needs.memoryBytes &&
    slotsFor(room, needs).length >= needs.gpuDevices
  );
}

/** Takes room on a node; the GPU slots that were taken. */
export function take(room: Room, needs: Needs): number[] {
  const slots = slotsFor(room, needs);
  room.cpuCores -= needs.cpuCores;
  room.memoryBytes -= needs.memoryBytes;
  room.freeGpuSlots = room.freeGpuSlots.filter(index => !slots.includes(index));
  return slots;
}

/** Gives back what {@link take} took. */
export function giveBack(
  room: Room,
  needs: Needs,
  slots: readonly number[],
): void {
  room.cpuCores += needs.cpuCores;
  room.memoryBytes += needs.memoryBytes;
  room.freeGpuSlots = [...room.freeGpuSlots, ...slots].sort((a, b) => a - b);
}
