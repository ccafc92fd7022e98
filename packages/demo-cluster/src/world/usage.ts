import { containersAt, overlapSeconds, PodLife } from './lives';
import { Load } from './loads';
import { jitter, mix } from './random';
import { Restarts, spanOf, STARTUP_MEMORY_SECONDS } from './Restarts';
import { HOUR_SECONDS, SLOT_SECONDS, SLOTS_PER_HOUR } from './time';
import { ContainerSpec } from './types';
import { following, hourBytes, oddTimes, slotBytes } from './workingSet';

const { floor, max, min, round } = Math;

/** How long a container that has just started uses more CPU. */
const STARTUP_SECONDS = 600;
/** Five-minute means of CPU stray this far from the hour's. */
const CPU_NOISE = 0.1;

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
class ContainerUse {
  readonly #life: PodLife;
  readonly #index: number;
  readonly #restarts: Restarts;
  readonly #container: ContainerSpec;
  readonly #key: number;
  readonly #cpuCores: number;
  readonly #memoryBytes: number;
  readonly #gpuBusy: number;

  /**
   * @param index - which container of the pod
   * @param demand - demand the pod meets, relative to its mean
   * @param hour - counted from the start of the world
   * @param container - as it is then
   */
  constructor(
    life: PodLife,
    index: number,
    demand: number,
    hour: number,
    restarts: Restarts,
    container: ContainerSpec,
  ) {
    const { usage } = container;
    const key = mix(life.hash, index);
    const times = oddTimes(life, index);
    this.#life = life;
    this.#index = index;
    this.#restarts = restarts;
    this.#container = container;
    this.#key = key;
    this.#cpuCores =
      times *
      usage.cpuCores *
      following(usage.cpuFollows, demand) *
      jitter(key, -1, 0.03) *
      jitter(key, hour, 0.05);
    this.#memoryBytes = hourBytes(life, index, demand, hour);
    this.#gpuBusy =
      (usage.gpuBusy ?? 0) *
      following(usage.gpuFollows ?? 0, demand) *
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
    const start = this.#restarts.startOf(this.#life, this.#index, to);
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
    const { level } = this.#slotBytes(slot, at);
    return floor(min(this.#limit(), level + this.#leaked(at)));
  }

  #memoryPeak(slot: number, from: number, to: number): number {
    if (this.#restarts.between(this.#life, this.#index, from, to) > 0) {
      return this.#container.usage.leakToBytes ?? this.#limit();
    }
    const { peak } = this.#slotBytes(slot, from);
    return floor(min(this.#limit(), peak + this.#leaked(to)));
  }

  #slotBytes(slot: number, at: number): { level: number; peak: number } {
    const steady = slotBytes(this.#life, this.#index, this.#memoryBytes, slot);
    const { startupBytes } = this.#container.usage;
    return startupBytes !== undefined && this.#isStarting(at)
      ? {
          level: max(steady.level, 0.9 * startupBytes),
          peak: max(steady.peak, startupBytes),
        }
      : steady;
  }

  /** Whether it needs the memory it needs to start; what ran when the world began has started before. */
  #isStarting(at: number): boolean {
    const start = this.#restarts.startOf(this.#life, this.#index, at);
    return this.#life.from > 0 && at < start + STARTUP_MEMORY_SECONDS;
  }

  #limit(): number {
    return this.#container.memoryLimitBytes ?? Infinity;
  }

  /** What a leak has added by a moment: it fills the room up to the limit, and starts over. */
  #leaked(at: number): number {
    const { usage, memoryLimitBytes } = this.#container;
    const filled = memoryLimitBytes ?? usage.leakToBytes;
    if (!usage.leakHours || !filled) {
      return 0;
    }
    const period = usage.leakHours * HOUR_SECONDS;
    const age = max(0, at - this.#life.from);
    return ((filled - usage.memoryBytes) * (age % period)) / period;
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

/** The mean of what was used in the parts of a slot, by how long they are. */
function joined(parts: Array<{ seconds: number; use: SlotUse }>): SlotUse {
  const total = parts.reduce((sum, { seconds }) => sum + seconds, 0);
  const mean = (of: (use: SlotUse) => number) =>
    parts.reduce((sum, { seconds, use }) => sum + of(use) * seconds, 0) / total;
  return {
    cpuCores: roundCores(mean(use => use.cpuCores)),
    throttledShare: mean(use => use.throttledShare),
    memoryBytes: floor(mean(use => use.memoryBytes)),
    memoryPeakBytes: max(...parts.map(({ use }) => use.memoryPeakBytes)),
    gpuBusy: round(mean(use => use.gpuBusy) * 1000) / 1000,
  };
}

/** What a container uses between two moments of a slot, whose loads may change in it. */
function useBetween(
  uses: Array<{ from: number; use: ContainerUse }>,
  from: number,
  to: number,
): SlotUse {
  if (uses.length === 1) {
    return uses[0].use.between(from, to);
  }
  const parts = uses.flatMap((each, index) => {
    const begin = max(from, each.from);
    const end = min(to, uses[index + 1]?.from ?? Infinity);
    return end > begin
      ? [{ seconds: end - begin, use: each.use.between(begin, end) }]
      : [];
  });
  return parts.length === 1 ? parts[0].use : joined(parts);
}

/** What usage is computed from: a container of a pod in an hour. */
export interface UsageOf {
  life: PodLife;
  /** Which container of the pod. */
  index: number;
  /** Counted from the start of the world. */
  hour: number;
  /** Demand the pod meets in the hour. */
  loads: readonly Load[];
  restarts: Restarts;
}

/** The parts of an hour in which a container has one load and one size. */
function piecesOf({ life, loads }: UsageOf): readonly Load[] {
  if (!life.resizes) {
    return loads;
  }
  const [{ from: start }] = loads;
  const demandAt = (at: number) =>
    (loads.findLast(({ from }) => from <= at) ?? loads[0]).demand;
  const moments = life.resizes
    .map(({ at }) => at)
    .filter(at => at > start && at < start + HOUR_SECONDS);
  const all = new Set([...loads.map(({ from }) => from), ...moments]);
  return [...all]
    .sort((a, b) => a - b)
    .map(from => ({ from, demand: demandAt(from) }));
}

function usesOf(
  { life, index, hour, restarts }: UsageOf,
  pieces: readonly Load[],
) {
  return pieces.map(({ from, demand }) => ({
    from,
    use: new ContainerUse(
      life,
      index,
      demand,
      hour,
      restarts,
      containersAt(life, from)[index],
    ),
  }));
}

/** Sums up the slots of an hour, so that samples and sums agree; undefined when it did not run. */
export function hourUse(of: UsageOf): HourUse | undefined {
  const { life, index, hour, restarts } = of;
  const container = life.containers[index];
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
    oomKills: restarts.between(life, index, from, until),
    startedAt: restarts.startOf(life, index, until - 1),
  };
  const uses = usesOf(of, piecesOf(of));
  for (let slot = 0; slot < SLOTS_PER_HOUR; slot++) {
    const slotStart = start + slot * SLOT_SECONDS;
    const slotFrom = max(from, slotStart);
    const slotTo = min(until, slotStart + SLOT_SECONDS);
    const seconds = max(0, slotTo - slotFrom);
    const one = seconds > 0 ? useBetween(uses, slotFrom, slotTo) : undefined;
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

/** What a container uses at a moment of the hour, in seconds since the start of the world. */
export function useAt(of: UsageOf, at: number): SlotUse {
  const slotStart = floor(at / SLOT_SECONDS) * SLOT_SECONDS;
  const current = piecesOf(of).filter(({ from }) => from <= at);
  return useBetween(
    usesOf(of, current.slice(-1)),
    max(slotStart, min(of.life.from, at)),
    slotStart + SLOT_SECONDS,
  );
}
