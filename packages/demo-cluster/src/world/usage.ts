import { overlapSeconds, PodLife } from './lives';
import { jitter, mix, uniform } from './random';
import { killsBetween, spanOf, startOf } from './starts';
import { HOUR_SECONDS, SLOT_SECONDS, SLOTS_PER_HOUR } from './time';
import { ContainerSpec } from './types';
import { Wishes } from './wishes';

const { floor, max, min, round } = Math;

/** How long a container that has just started uses more CPU. */
const STARTUP_SECONDS = 600;
/** Five-minute means of CPU stray this far from the hour's. */
const CPU_NOISE = 0.1;

/** Demand one pod of a workload meets in an hour, relative to its mean. */
export function demandPerPod(
  wishes: Wishes,
  life: PodLife,
  hour: number,
): number {
  const demand = wishes.demand(life.spec, hour);
  const schedule = life.spec.schedule;
  return schedule.type === 'elastic'
    ? (demand * schedule.mean) / wishes.replicas(life.spec, hour)
    : demand;
}

/** What a container uses in a slot of five minutes, or in the part of it that it ran. */
export interface SlotUse {
  cpuCores: number;
  /** Share of the time it waited for its CPU limit; 0 without one. */
  throttledShare: number;
  /** Mean and highest working set. */
  memoryBytes: number;
  memoryPeakBytes: number;
  /** Busy share of what it holds of GPUs. */
  gpuBusy: number;
}

/** Cores to about four digits. */
function roundCores(cores: number): number {
  const steps = cores < 0.1 ? 1e5 : 1e4;
  return round(cores * steps) / steps;
}

/**
 * Usage of one container of a pod within an hour: its mean, moved by demand, by
 * what is peculiar to the pod, and by noise that belongs to the hour and to the
 * five minutes.
 */
export class ContainerUse {
  readonly #life: PodLife;
  readonly #container: ContainerSpec;
  readonly #key: number;
  readonly #cpuCores: number;
  readonly #memoryBytes: number;
  readonly #gpuBusy: number;

  /**
   * @param index - which container of the pod
   * @param demand - what {@link demandPerPod} says of the hour
   * @param hour - counted from the start of the world
   */
  constructor(
    life: PodLife,
    container: ContainerSpec,
    index: number,
    demand: number,
    hour: number,
  ) {
    const { usage } = container;
    const key = mix(life.hash, index);
    const follow = (share: number) => 1 - share + share * demand;
    const times = life.ordinal === usage.odd?.node ? usage.odd.times : 1;
    this.#life = life;
    this.#container = container;
    this.#key = key;
    this.#cpuCores =
      times *
      usage.cpuCores *
      follow(usage.cpuFollows) *
      jitter(key, -1, 0.03) *
      jitter(key, hour, 0.05);
    this.#memoryBytes =
      times *
      usage.memoryBytes *
      follow(usage.memoryFollows) *
      jitter(key, -2, 0.01) *
      jitter(mix(key, 2), hour, 0.01);
    this.#gpuBusy =
      (usage.gpuBusy ?? 0) *
      follow(usage.gpuFollows ?? 0) *
      jitter(mix(key, 3), hour, 0.06);
  }

  /** Use between two moments of one slot, in seconds since the start of the world. */
  between(from: number, to: number): SlotUse {
    const slot = floor(from / SLOT_SECONDS);
    const wanted = this.#wantedCores(slot, from, to);
    const limit = this.#container.cpuLimitCores;
    const memoryBytes = this.#memory(slot, from + (to - from) / 2);
    return {
      cpuCores: roundCores(limit === undefined ? wanted : min(wanted, limit)),
      throttledShare: limit === undefined ? 0 : throttling(wanted / limit),
      memoryBytes,
      memoryPeakBytes: max(memoryBytes, this.#memoryPeak(slot, from, to)),
      gpuBusy: this.#gpuBusyIn(slot),
    };
  }

  /** What it would use if there were no limit. */
  #wantedCores(slot: number, from: number, to: number): number {
    const { usage } = this.#container;
    const noise = usage.cpuNoise ?? CPU_NOISE;
    const steady = this.#cpuCores * jitter(mix(this.#key, 5), slot, noise);
    if (!usage.startupTimes) {
      return steady;
    }
    const start = startOf(this.#life, this.#container, to);
    const starting = max(
      0,
      min(start + STARTUP_SECONDS, to) - max(start, from),
    );
    return steady * (1 + ((usage.startupTimes - 1) * starting) / (to - from));
  }

  #gpuBusyIn(slot: number): number {
    if (this.#gpuBusy === 0) {
      return 0;
    }
    const busy = this.#gpuBusy * jitter(mix(this.#key, 6), slot, 0.12);
    return min(1, round(busy * 1000) / 1000);
  }

  #memory(slot: number, at: number): number {
    const level = this.#memoryBytes * jitter(mix(this.#key, 7), slot, 0.004);
    return floor(min(this.#limit(), level + this.#leaked(at)));
  }

  #memoryPeak(slot: number, from: number, to: number): number {
    if (killsBetween(this.#life, this.#container, from, to) > 0) {
      return this.#limit();
    }
    const key = mix(this.#key, 7);
    const level = this.#memoryBytes * jitter(key, slot, 0.004);
    const peak = level * (1.002 + 0.01 * uniform(key, -slot));
    return floor(min(this.#limit(), peak + this.#leaked(to)));
  }

  #limit(): number {
    return this.#container.memoryLimitBytes ?? Infinity;
  }

  /** What a leak has added by a moment: it fills the room up to the limit, and starts over. */
  #leaked(at: number): number {
    const { usage, memoryLimitBytes } = this.#container;
    if (!usage.leakHours || !memoryLimitBytes) {
      return 0;
    }
    const period = usage.leakHours * HOUR_SECONDS;
    const age = max(0, at - this.#life.from);
    return ((memoryLimitBytes - usage.memoryBytes) * (age % period)) / period;
  }
}

/** Share of the time a container waits that wants so many times its CPU limit: work comes in bursts, and hits the limit before the mean does. */
function throttling(wanted: number): number {
  return min(0.95, max(0, (wanted - 0.75) / 0.5));
}

/** What a container used in one hour, slot by slot; null where it did not run. */
export interface HourUse {
  runSeconds: number;
  cpuCoreSeconds: number;
  memoryByteSeconds: number;
  cpuCores: Array<number | null>;
  memoryPeakBytes: Array<number | null>;
  /** Busy share of what it holds of GPUs, and the seconds of each slot it held it; empty when it holds none. */
  gpuBusy: number[];
  slotSeconds: number[];
  throttledShare: number;
  oomKills: number;
  /** Seconds since the start of the world. */
  startedAt: number;
}

/** Sums up the slots of an hour, so that samples and sums agree; undefined when it did not run. */
export function hourUse(
  life: PodLife,
  container: ContainerSpec,
  index: number,
  demand: number,
  hour: number,
): HourUse | undefined {
  const start = hour * HOUR_SECONDS;
  const span = spanOf(life, container);
  const runSeconds = overlapSeconds(span, start, start + HOUR_SECONDS);
  if (runSeconds <= 0) {
    return undefined;
  }
  const from = max(span.from, start);
  const until = min(span.until, start + HOUR_SECONDS);
  const sums: HourUse = {
    runSeconds,
    cpuCoreSeconds: 0,
    memoryByteSeconds: 0,
    cpuCores: [],
    memoryPeakBytes: [],
    gpuBusy: [],
    slotSeconds: [],
    throttledShare: 0,
    oomKills: killsBetween(life, container, from, until),
    startedAt: startOf(life, container, until - 1),
  };
  const use = new ContainerUse(life, container, index, demand, hour);
  for (let slot = 0; slot < SLOTS_PER_HOUR; slot++) {
    const slotStart = start + slot * SLOT_SECONDS;
    const slotFrom = max(from, slotStart);
    const slotTo = min(until, slotStart + SLOT_SECONDS);
    const seconds = max(0, slotTo - slotFrom);
    const one = seconds > 0 ? use.between(slotFrom, slotTo) : undefined;
    if (container.gpuDevices) {
      sums.slotSeconds.push(seconds);
      sums.gpuBusy.push(one?.gpuBusy ?? 0);
    }
    if (!one) {
      sums.cpuCores.push(null);
      sums.memoryPeakBytes.push(null);
      continue;
    }
    sums.cpuCoreSeconds += one.cpuCores * seconds;
    sums.memoryByteSeconds += one.memoryBytes * seconds;
    sums.throttledShare += (one.throttledShare * seconds) / runSeconds;
    sums.cpuCores.push(one.cpuCores);
    sums.memoryPeakBytes.push(one.memoryPeakBytes);
  }
  return sums;
}

/** What a container uses at a moment. */
export function useAt(
  life: PodLife,
  container: ContainerSpec,
  index: number,
  demand: number,
  at: number,
): SlotUse {
  const hour = floor(at / HOUR_SECONDS);
  const slotStart = floor(at / SLOT_SECONDS) * SLOT_SECONDS;
  return new ContainerUse(life, container, index, demand, hour).between(
    max(slotStart, min(life.from, at)),
    slotStart + SLOT_SECONDS,
  );
}
