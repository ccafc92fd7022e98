import { ContainerSpec, NodePool, WorkloadSpec } from './types';

/** A node from the instant it is paid for to the instant it is gone, in seconds since the start of the world. */
export interface NodeLife {
  /** Tells it from the one that had its name before; what changed since has the same. */
  id: string;
  name: string;
  /** How many nodes the cluster had before. */
  ordinal: number;
  hash: number;
  pool: NodePool;
  zone: string;
  /** Private IPv4 address. */
  ip: string;
  from: number;
  /** Infinity = still there. */
  until: number;
}

/** What its provider calls the machine of a node. */
export function providerIdOf({ hash, zone }: NodeLife): string {
  return `aws:///${zone}/i-0${hash.toString(16).padStart(8, '0').repeat(2)}`;
}

/** A pod from binding to its end, in seconds since the start of the world. */
export interface PodLife {
  /** Tells it from the one that had its name before; what changed since has the same. */
  id: string;
  name: string;
  /** What chance is drawn from for this pod. */
  hash: number;
  spec: WorkloadSpec;
  /** Containers of its revision of the template. */
  containers: ContainerSpec[];
  labels: Record<string, string>;
  ordinal: number;
  revision: number;
  runHour?: number;
  node: NodeLife;
  /** What it holds of the node's GPUs, as indices of `gpuSlots`. */
  gpuSlots: readonly number[];
  created: number;
  /** Bound to its node: from here on it holds its requests. */
  from: number;
  until: number;
  /** Its node was taken away before it was done. */
  evicted?: boolean;
  /** What its containers have had since it was resized in place, oldest first. */
  resizes?: ReadonlyArray<{ at: number; containers: ContainerSpec[] }>;
}

/** Containers of a pod as they are at a moment, in seconds since the start of the world. */
export function containersAt(life: PodLife, seconds: number): ContainerSpec[] {
  let { containers } = life;
  for (const resize of life.resizes ?? []) {
    if (resize.at <= seconds) {
      containers = resize.containers;
    }
  }
  return containers;
}

/** Who lived in an hour, if only for a part of it, as it is known at its end. */
export interface HourLives {
  nodes: NodeLife[];
  pods: PodLife[];
}

/** Seconds of `[start, end)` that something was alive. */
export function overlapSeconds(
  life: { from: number; until: number },
  start: number,
  end: number,
): number {
  return Math.max(0, Math.min(life.until, end) - Math.max(life.from, start));
}
