import {
  HourSamples,
  SLOT_SECONDS,
  SLOTS_PER_HOUR,
} from '@headroom/plugin-cost-common';
import { RunsOf } from './UsageTable';
import { RunUsage, SetAside } from './usageOfRun';
import { sum } from '../../reading/collections';

/** What a container used in one hour, by slots of five minutes. */
export interface HourUsage {
  /** Seconds of each slot it was seen running. */
  seconds: number[];
  /** Core-seconds of each slot; absent when nothing is known of the hour. */
  coreSeconds?: number[];
  /** Byte-seconds of each slot. */
  byteSeconds?: number[];
  /** Mean cores in each slot, and highest working set: only what was measured. */
  cpuCores?: HourSamples;
  memoryPeak?: HourSamples;
  setAside: SetAside;
}

/** How long a container can have run in an hour. */
export interface RunTime {
  /** Seconds it ran, where that is known to be less than it was listed. */
  ranSeconds?: number;
  /** Seconds of each slot its pod held a place; absent = not known. */
  placed?: readonly number[];
  /** Seconds by which `placed` may be short of what was seen. */
  placedWithin?: number;
}

/**
 * One container's runs of an hour put together; undefined when it wasn't seen. It
 * runs once at a time: where an exporter still lists a run that has ended beside
 * the one that followed, the later one has the time and the earlier one what is
 * left of the slot. CPU adds up, because a run that has ended uses none. A slot of
 * which something is not known is given the mean of the others, by the second.
 * cAdvisor lists what has ended for some minutes: what holds no place uses nothing.
 */
export function usageOfContainer(
  runs: RunsOf<RunUsage>,
  { ranSeconds = Infinity, placed, placedWithin = 0 }: RunTime = {},
): HourUsage | undefined {
  const all = slotsOfRuns(runs);
  const isGhost = placed && sum(all.seconds) > sum(placed) + placedWithin;
  const listed = isGhost
    ? all.seconds.map((each, slot) => Math.min(each, placed[slot]))
    : all.seconds;
  const total = sum(listed);
  if (total === 0) {
    return undefined;
  }
  const ran = Math.min(1, ranSeconds / total);
  const seconds = listed.map(each => each * ran);
  const bytes = all.byteSeconds.map((each, slot) =>
    all.memorySeconds[slot] > 0
      ? (each / all.memorySeconds[slot]) * seconds[slot]
      : NaN,
  );
  return {
    seconds,
    coreSeconds: filled(all.coreSeconds, seconds),
    byteSeconds: filled(bytes, seconds),
    cpuCores: samples(
      all.coreSeconds.map((used, slot) =>
        seconds[slot] > 0 ? used / seconds[slot] : NaN,
      ),
    ),
    memoryPeak: samples(
      all.memoryPeak.map((peak, slot) => (seconds[slot] > 0 ? peak : NaN)),
    ),
    setAside: all.setAside,
  };
}

/** Seconds of an hour in which any run of a container was seen. */
export function secondsOfContainer(runs: RunsOf<RunUsage>): number {
  return sum(slotsOfRuns(runs).seconds);
}

interface Slots {
  seconds: number[];
  coreSeconds: number[];
  byteSeconds: number[];
  /** Seconds of which memory is known. */
  memorySeconds: number[];
  memoryPeak: number[];
  setAside: SetAside;
}

function slotsOfRuns({ named, nameless }: RunsOf<RunUsage>): Slots {
  const all = emptySlots();
  latestFirst(named).forEach(run => addRun(all, run));
  if (nameless) {
    addNameless(all, nameless);
  }
  return all;
}

function emptySlots(): Slots {
  const slots = (value: number) => Array<number>(SLOTS_PER_HOUR).fill(value);
  return {
    seconds: slots(0),
    coreSeconds: slots(NaN),
    byteSeconds: slots(0),
    memorySeconds: slots(0),
    memoryPeak: slots(NaN),
    setAside: { tooHigh: 0, tooLow: 0 },
  };
}

function addRun(all: Slots, run: RunUsage): void {
  for (let slot = 0; slot < SLOTS_PER_HOUR; slot++) {
    const before = all.seconds[slot];
    const own = Math.min(run.seconds[slot], SLOT_SECONDS - before);
    all.seconds[slot] += own;
    const memory = run.memoryBytes[slot];
    if (own > 0 && !Number.isNaN(memory)) {
      all.byteSeconds[slot] += memory * own;
      all.memorySeconds[slot] += own;
      all.memoryPeak[slot] = atLeast(
        all.memoryPeak[slot],
        run.memoryPeak[slot],
      );
    }
    // Two that run all the time are one under a name that wasn't understood.
    const isCopy =
      before === SLOT_SECONDS && run.seconds[slot] === SLOT_SECONDS;
    all.coreSeconds[slot] = (isCopy ? atLeast : plus)(
      all.coreSeconds[slot],
      run.coreSeconds[slot],
    );
  }
  addSetAside(all, run);
}

/** What no named run saw, by who sees all runs without their names. */
function addNameless(all: Slots, run: RunUsage): void {
  for (let slot = 0; slot < SLOTS_PER_HOUR; slot++) {
    const before = all.seconds[slot];
    const own = Math.max(0, run.seconds[slot] - before);
    const memory = run.memoryBytes[slot];
    const remembered =
      all.memorySeconds[slot] > 0 ? own : Math.max(before, run.seconds[slot]);
    all.seconds[slot] += own;
    if (remembered > 0 && !Number.isNaN(memory)) {
      all.byteSeconds[slot] += memory * remembered;
      all.memorySeconds[slot] += remembered;
      all.memoryPeak[slot] = atLeast(
        all.memoryPeak[slot],
        run.memoryPeak[slot],
      );
    }
    const used = run.coreSeconds[slot];
    all.coreSeconds[slot] = Number.isNaN(all.coreSeconds[slot])
      ? used
      : plus(
          all.coreSeconds[slot],
          own > 0 ? used * (own / run.seconds[slot]) : 0,
        );
  }
  addSetAside(all, run);
}

function addSetAside({ setAside }: Slots, run: RunUsage): void {
  setAside.tooHigh += run.setAside.tooHigh;
  setAside.tooLow += run.setAside.tooLow;
}

/** The run that was seen last; of two, the one that was first seen later. */
function latestFirst(runs: RunUsage[]): RunUsage[] {
  const span = ({ seconds }: RunUsage) => ({
    first: seconds.findIndex(each => each > 0),
    last: seconds.findLastIndex(each => each > 0),
  });
  return runs
    .map(run => ({ run, ...span(run) }))
    .sort((a, b) => b.last - a.last || b.first - a.first)
    .map(({ run }) => run);
}

function filled(values: number[], seconds: number[]): number[] | undefined {
  let known = 0;
  let during = 0;
  values.forEach((value, index) => {
    if (!Number.isNaN(value) && seconds[index] > 0) {
      known += value;
      during += seconds[index];
    }
  });
  return during > 0
    ? values.map((value, index) => {
        if (seconds[index] === 0) {
          return 0;
        }
        return Number.isNaN(value) ? (known / during) * seconds[index] : value;
      })
    : undefined;
}

function samples(values: number[]): HourSamples | undefined {
  return values.some(value => !Number.isNaN(value))
    ? values.map(value => (Number.isNaN(value) ? null : value))
    : undefined;
}

function plus(left: number, right: number): number {
  if (Number.isNaN(left)) {
    return right;
  }
  return Number.isNaN(right) ? left : left + right;
}

/** The higher of two, of which either may be unknown. */
function atLeast(left: number, right: number): number {
  return left >= right || Number.isNaN(right) ? left : right;
}
