import { Copy } from './Copy';
import { growthOf } from './growth';
import { shapedByRates } from './shape';
import { sum } from '../../reading/collections';

/** What a machine can do at most. */
export interface Machine {
  cpuCores: number;
  memoryBytes: number;
}

/** Readings are not exactly five minutes apart, so a busy machine may seem to do a little more. */
const TOLERANCE = 1.2;

/** A run of a container over an hour, by slots of five minutes; NaN = not known. */
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
 * One run out of the cgroups that report it: under several paths, and those it
 * made inside of its own. Copies are not sums: in each slot the run was seen as
 * long as the copy that saw it longest, and has the memory of the highest, because
 * a cgroup holds what those inside of it hold. CPU is that of the copy that was
 * seen longest, of several that of the highest counter, and of another where that
 * one has none.
 */
export function usageOfRun(
  copies: Copy[],
  machine: Machine,
  startedIn: (slot: number) => boolean,
): RunUsage {
  const inOrder = [...copies].sort(
    (a, b) => sum(b.seconds) - sum(a.seconds) || highest(b) - highest(a),
  );
  const [best, ...others] = inOrder.map(copy =>
    usageOfCopy(copy, machine, startedIn),
  );
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
  machine: Machine,
  startedIn: (slot: number) => boolean,
): RunUsage {
  const { coreSeconds, setAside } = growthOf(
    { last: copy.cpu, first: copy.cpuFirst, seen: copy.seen },
    copy.seconds,
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
    seconds: copy.seconds,
    coreSeconds: shapedByRates(
      coreSeconds,
      copy.seconds,
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

function highest({ cpu }: Copy): number {
  return cpu.reduce((most, value) => (value > most ? value : most), 0);
}
