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
  setAside: SetAside;
}

/** How many readings can't be true. */
export interface SetAside {
  /** More than the machine has. */
  tooHigh: number;
  /** 0 of what runs, or a counter between larger values. */
  tooLow: number;
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
  const { coreSeconds, setAside, tooLow } = growthOf(
    { last: copy.cpu, first: copy.cpuFirst, seen: copy.seen },
    copy.seconds,
    machine.cpuCores * TOLERANCE,
    startedIn,
  );
  const zeros = falseZeros(copy, coreSeconds);
  const most = machine.memoryBytes * TOLERANCE;
  const isTooHigh = (value: number) => value > most;
  const possible = (value: number) => (isTooHigh(value) ? NaN : value);
  return {
    seconds: copy.seconds,
    coreSeconds: shapedByRates(
      coreSeconds,
      copy.seconds,
      copy.cpuRate,
      machine.cpuCores,
    ),
    memoryBytes: copy.memory.map((value, slot) =>
      zeros[slot] ? NaN : possible(value),
    ),
    memoryPeak: copy.memoryPeak.map((value, slot) =>
      zeros[slot] && value === 0 ? NaN : possible(value),
    ),
    setAside: {
      tooHigh:
        sum(setAside) -
        tooLow +
        copy.memory.filter(isTooHigh).length +
        copy.memoryPeak.filter(isTooHigh).length,
      tooLow: tooLow + zeros.filter(Boolean).length,
    },
  };
}

/**
 * Slots with a reading of 0 bytes that isn't true. What neither has memory nor
 * uses CPU does not run any more, or sleeps; what ends in a slot may be read as 0 in
 * the rest of it.
 */
function falseZeros(
  { memoryZero, memoryPeak, seconds }: Copy,
  coreSeconds: Float64Array,
): boolean[] {
  const rests = (slot: number) =>
    seconds[slot] === 0 || (memoryPeak[slot] === 0 && coreSeconds[slot] === 0);
  return Array.from(
    memoryZero,
    (zero, slot) =>
      zero > 0 &&
      !rests(slot) &&
      !(memoryPeak[slot] > 0 && slot + 1 < seconds.length && rests(slot + 1)),
  );
}

function higher(left: Float64Array, right: Float64Array, slot: number): number {
  return left[slot] < right[slot] || Number.isNaN(left[slot])
    ? right[slot]
    : left[slot];
}

function highest({ cpu }: Copy): number {
  return cpu.reduce((most, value) => (value > most ? value : most), 0);
}
