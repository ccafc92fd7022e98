import {
  HourSamples,
  SLOT_SECONDS,
  SLOTS_PER_HOUR,
} from '@headroom/plugin-cost-common';
import { RunUsage } from './usageOfRun';

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
  /** Readings that can't be true. */
  setAside: number;
}

/**
 * One container's runs put together. It runs once at a time: where an exporter
 * still lists a run that has ended beside the one that followed, the later one
 * has the time and the earlier one what is left of the slot. CPU adds up,
 * because a run that has ended uses none.
 */
export class ContainerUsage {
  readonly #seconds: Float64Array;
  readonly #coreSeconds: Float64Array;
  readonly #byteSeconds: Float64Array;
  readonly #memorySeconds: Float64Array;
  readonly #memoryPeak: Float64Array;
  readonly #setAside: Uint8Array;

  static of(runs: RunUsage[]): ContainerUsage {
    return new ContainerUsage(runs);
  }

  private constructor(runs: RunUsage[]) {
    const slots = runs[0].seconds.length;
    this.#seconds = new Float64Array(slots);
    this.#coreSeconds = new Float64Array(slots).fill(NaN);
    this.#byteSeconds = new Float64Array(slots);
    this.#memorySeconds = new Float64Array(slots);
    this.#memoryPeak = new Float64Array(slots).fill(NaN);
    this.#setAside = new Uint8Array(slots);
    for (const run of latestFirst(runs)) {
      this.#addRun(run);
    }
  }

  /** Seconds of an hour it was seen running. */
  secondsOf(hour: number): number {
    return slotsOf(hour).reduce((sum, slot) => sum + this.#seconds[slot], 0);
  }

  /**
   * Undefined when it wasn't seen in the hour. A slot of which something is not
   * known is given the mean of the others, by the second.
   *
   * @param mostSeconds - seconds it ran, where that is known to be less than it
   * was listed
   */
  hour(hour: number, mostSeconds = Infinity): HourUsage | undefined {
    const slots = slotsOf(hour);
    const listed = this.secondsOf(hour);
    if (listed === 0) {
      return undefined;
    }
    const ran = Math.min(1, mostSeconds / listed);
    const seconds = slots.map(slot => this.#seconds[slot] * ran);
    const bytes = slots.map(slot =>
      this.#memorySeconds[slot] > 0
        ? (this.#byteSeconds[slot] / this.#memorySeconds[slot]) *
          this.#seconds[slot] *
          ran
        : NaN,
    );
    const cores = slots.map(slot => this.#coreSeconds[slot]);
    return {
      seconds,
      coreSeconds: filled(cores, seconds),
      byteSeconds: filled(bytes, seconds),
      cpuCores: samples(
        cores.map((used, index) =>
          seconds[index] > 0 ? used / seconds[index] : NaN,
        ),
      ),
      memoryPeak: samples(slots.map(slot => this.#memoryPeak[slot])),
      setAside: slots.reduce((sum, slot) => sum + this.#setAside[slot], 0),
    };
  }

  #addRun(run: RunUsage): void {
    for (let slot = 0; slot < this.#seconds.length; slot++) {
      const before = this.#seconds[slot];
      const own = Math.min(run.seconds[slot], SLOT_SECONDS - before);
      this.#seconds[slot] += own;
      const memory = run.memoryBytes[slot];
      if (own > 0 && !Number.isNaN(memory)) {
        this.#byteSeconds[slot] += memory * own;
        this.#memorySeconds[slot] += own;
        this.#memoryPeak[slot] = atLeast(
          this.#memoryPeak[slot],
          run.memoryPeak[slot],
        );
      }
      // Two that run all the time are one under a name that wasn't understood.
      const isCopy =
        before === SLOT_SECONDS && run.seconds[slot] === SLOT_SECONDS;
      this.#coreSeconds[slot] = (isCopy ? atLeast : plus)(
        this.#coreSeconds[slot],
        run.coreSeconds[slot],
      );
      this.#setAside[slot] += run.setAside[slot];
    }
  }
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

function slotsOf(hour: number): number[] {
  return Array.from(
    { length: SLOTS_PER_HOUR },
    (_, index) => hour * SLOTS_PER_HOUR + index,
  );
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
