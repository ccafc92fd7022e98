import { growthOf } from './growth';
import { shapedByRates } from './shape';
import { Copy, Run } from './UsageTable';

/** What a machine can do at most. */
export interface Machine {
  cpuCores: number;
  memoryBytes: number;
}

/** Readings are not exactly five minutes apart, so a busy machine may seem to do a little more. */
const TOLERANCE = 1.2;

/** A run of a container over a window, by slots of five minutes; NaN = not known. */
export interface RunUsage {
  /** Seconds it was seen. */
  seconds: Float64Array;
  coreSeconds: Float64Array;
  /** Mean and highest working set. */
  memoryBytes: Float64Array;
  memoryPeak: Float64Array;
  /** Readings that can't be true, by slot. */
  setAside: Uint8Array;
}

/**
 * One run out of the copies that several paths, jobs and cgroups report of it.
 * Copies are not sums: in each slot the run was seen as long as the copy that
 * saw it longest, and has the memory of the highest, because a cgroup holds what
 * those inside of it hold. CPU is that of the copy that was seen longest, of
 * several the highest, and of another where that one has none.
 */
export function usageOfRun(
  { copies }: Run,
  secondsOf: (copy: Copy) => Float64Array,
  machine: Machine,
  startedIn: (slot: number) => boolean,
): RunUsage {
  const parts = copies
    .map(copy => usageOfCopy(copy, secondsOf(copy), machine, startedIn))
    .sort((left, right) => sum(right.seconds) - sum(left.seconds));
  const [best, ...others] = parts;
  for (const other of others) {
    best.seconds.forEach((seconds, slot) => {
      best.seconds[slot] = Math.max(seconds, other.seconds[slot]);
      best.memoryBytes[slot] = higher(
        best.memoryBytes,
        other.memoryBytes,
        slot,
      );
      best.memoryPeak[slot] = higher(best.memoryPeak, other.memoryPeak, slot);
      if (Number.isNaN(best.coreSeconds[slot])) {
        best.coreSeconds[slot] = other.coreSeconds[slot];
      }
    });
  }
  return best;
}

function usageOfCopy(
  copy: Copy,
  seconds: Float64Array,
  machine: Machine,
  startedIn: (slot: number) => boolean,
): RunUsage {
  const { coreSeconds, setAside } = growthOf(
    { last: copy.cpu, first: copy.cpuFirst, seen: copy.seen },
    seconds,
    machine.cpuCores * TOLERANCE,
    startedIn,
  );
  const most = machine.memoryBytes * TOLERANCE;
  const possible = (values: Float64Array) =>
    values.map((value, slot) => {
      if (value > most) {
        setAside[slot] += 1;
        return NaN;
      }
      return value;
    });
  return {
    seconds,
    coreSeconds: shapedByRates(
      coreSeconds,
      seconds,
      copy.cpuRate,
      machine.cpuCores,
    ),
    memoryBytes: possible(copy.memory),
    memoryPeak: possible(copy.memoryPeak),
    setAside,
  };
}

function higher(left: Float64Array, right: Float64Array, slot: number): number {
  return left[slot] < right[slot] || Number.isNaN(left[slot])
    ? right[slot]
    : left[slot];
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
