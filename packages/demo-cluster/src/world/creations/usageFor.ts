import { mix, uniform } from '../random';
import { UsageShape } from '../types';

/** What a container asks for, and what of. */
export interface AskedFor {
  cpuCores: number;
  memoryBytes: number;
  gpuDevices: number;
  /** Memory of what it holds of each device. */
  gpuMemoryBytes?: number;
  /** A pod of a run works as hard from beginning to end. */
  runs: boolean;
  /** Which container of its pod. */
  index: number;
}

/** Between two bounds, by what chance gives to `(key, at)`. */
function between(key: number, at: number, low: number, high: number): number {
  return low + (high - low) * uniform(key, at);
}

/**
 * What a container of a new workload uses: a part of what it asks for, as those
 * who size a service leave some room, and never more. Belongs to the workload's
 * key, so that the same name uses the same in every world of a seed.
 */
export function usageFor(hash: number, asked: AskedFor): UsageShape {
  const key = mix(hash, 40 + asked.index);
  const first = asked.index === 0;
  const cpu = asked.gpuDevices > 0 ? [0.2, 0.4] : [0.34, 0.48];
  const [low, high] = first ? cpu : [0.1, 0.25];
  return {
    cpuCores: asked.cpuCores * between(key, 1, low, high),
    cpuFollows: asked.runs ? 0 : between(key, 2, 0.75, 0.95),
    memoryBytes: Math.round(asked.memoryBytes * between(key, 3, 0.5, 0.68)),
    memoryFollows: asked.runs ? 0 : between(key, 4, 0.05, 0.2),
    ...(asked.gpuDevices > 0 && {
      gpuBusy: asked.runs
        ? between(key, 5, 0.8, 0.92)
        : between(key, 5, 0.35, 0.6),
      gpuFollows: asked.runs ? 0 : 0.85,
      ...(asked.gpuMemoryBytes && {
        gpuMemoryBytes: Math.round(
          asked.gpuMemoryBytes * between(key, 6, 0.5, 0.8),
        ),
      }),
    }),
  };
}

/** How many replicas an autoscaler wants of a new workload at mean demand. */
export function meanReplicas(hash: number, min: number, max: number): number {
  const least = Math.max(1, min);
  return least * 0.8 + (max - least) * between(mix(hash, 41), 1, 0.08, 0.3);
}
