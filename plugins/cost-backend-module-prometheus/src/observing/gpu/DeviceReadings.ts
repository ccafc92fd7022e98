import {
  GPU_BASES,
  GpuBasis,
  SLOT_SECONDS,
  SLOTS_PER_HOUR,
} from '@headroom/plugin-cost-common';
import { GPU_METRICS, GpuMetric } from '../../reading/gpuMetrics';

/** "Some kernel ran" at least this share of the time, while profiling says nothing did. */
const CONTRADICTION = 0.05;
/** Values of one device that several pods report differ by less than this share. */
const SAME = 1e-6;

/** What a GPU, or a MIG instance of one, is. */
export interface DeviceIdentity {
  /** Board and instance; unique in the cluster. */
  key: string;
  board: string;
  instance?: string;
  profile?: string;
  model?: string;
  /** Host name as the exporter says; usually the node's. */
  host?: string;
  /** Held through a resource claim. */
  claim?: string;
}

/** Values of one metric as one job reads it; NaN = none. */
interface MetricSlots {
  sum: Float64Array;
  highest: Float64Array;
  reporters: Float64Array;
}

/** Which metric counts in an hour, and what speaks against another one. */
export interface HourReading {
  metric: GpuMetric;
  basis: GpuBasis;
  /** A profiling counter stood at 0 while the device was in use. */
  profilingSilent: boolean;
}

/** Readings of one device in a window, by slots of five minutes. */
export class DeviceReadings {
  readonly identity: DeviceIdentity;
  readonly memoryUsedMib: Float64Array;
  readonly memoryFreeMib: Float64Array;
  readonly powerWatts: Float64Array;
  readonly #slots: number;
  readonly #metrics = new Map<string, Map<string, MetricSlots>>();
  /** Readings of the metric that has most, and impossible ones, by slot. */
  readonly #seen = new Map<string, Float64Array>();
  readonly #bad: Float64Array;
  /** Seconds each container had the device, by slot. */
  readonly #held = new Map<string, Float64Array>();

  static create(identity: DeviceIdentity, slots: number): DeviceReadings {
    return new DeviceReadings(identity, slots);
  }

  private constructor(identity: DeviceIdentity, slots: number) {
    this.identity = identity;
    this.#slots = slots;
    this.memoryUsedMib = unknown(slots);
    this.memoryFreeMib = unknown(slots);
    this.powerWatts = unknown(slots);
    this.#bad = new Float64Array(slots);
  }

  addMean(metric: string, job: string, slot: number, ratio: number): void {
    const byJob = this.#metrics.get(metric) ?? new Map<string, MetricSlots>();
    this.#metrics.set(metric, byJob);
    let slots = byJob.get(job);
    if (!slots) {
      slots = {
        sum: new Float64Array(this.#slots),
        highest: unknown(this.#slots),
        reporters: new Float64Array(this.#slots),
      };
      byJob.set(job, slots);
    }
    slots.sum[slot] += ratio;
    slots.reporters[slot] += 1;
    slots.highest[slot] = highest(slots.highest[slot], ratio);
  }

  addSeen(
    metric: string,
    slot: number,
    count: number,
    container: string | undefined,
    seconds: number,
  ): void {
    const seen = this.#seen.get(metric) ?? new Float64Array(this.#slots);
    this.#seen.set(metric, seen);
    seen[slot] = Math.max(seen[slot], count);
    if (container !== undefined) {
      const held = this.#held.get(container) ?? new Float64Array(this.#slots);
      this.#held.set(container, held);
      held[slot] = Math.max(held[slot], seconds);
    }
  }

  addBad(slot: number, count: number): void {
    this.#bad[slot] = Math.max(this.#bad[slot], count);
  }

  /** Keys of the containers that had it in an hour. */
  tenants(hour: number): string[] {
    return [...this.#held.keys()].filter(
      container => this.heldSeconds(container, hour) > 0,
    );
  }

  heldSeconds(container: string, hour: number): number {
    return sum(this.#ofHour(this.#held.get(container), hour));
  }

  /** Seconds a container had it to itself, or its part of them, and those of them it was busy. */
  shareOf(
    container: string,
    hour: number,
  ): { seconds: number; busySeconds: number } | undefined {
    const reading = this.reading(hour);
    const held = this.#held.get(container);
    if (!reading || !held) {
      return undefined;
    }
    let seconds = 0;
    let busySeconds = 0;
    for (const slot of slotsOf(hour)) {
      const busy = this.#ratio(reading.metric.id, slot);
      if (held[slot] > 0 && !Number.isNaN(busy)) {
        let together = 0;
        for (const each of this.#held.values()) {
          together += each[slot];
        }
        const own = held[slot] * Math.min(1, SLOT_SECONDS / together);
        seconds += own;
        busySeconds += own * busy;
      }
    }
    return { seconds, busySeconds };
  }

  /** Whether anything was read of it in an hour. */
  reported(hour: number): boolean {
    return [...this.#seen.values()].some(
      seen => sum(this.#ofHour(seen, hour)) > 0,
    );
  }

  /** Readings of the metric that has most, and those of any that can't be true. */
  counts(hour: number): { readings: number; impossible: number } {
    return {
      readings: Math.max(
        0,
        ...[...this.#seen.values()].map(seen => sum(this.#ofHour(seen, hour))),
      ),
      impossible: sum(this.#ofHour(this.#bad, hour)),
    };
  }

  /** The most telling metric that has readings and isn't contradicted. */
  reading(hour: number): HourReading | undefined {
    const [best, ...others] = GPU_METRICS.filter(
      ({ id }) => !Number.isNaN(this.#mean(id, hour)),
    );
    if (!best) {
      return undefined;
    }
    const plain = others.find(({ profiling }) => !profiling);
    const profilingSilent = Boolean(
      best.profiling &&
        plain &&
        this.#mean(best.id, hour) === 0 &&
        this.#mean(plain.id, hour) >= CONTRADICTION,
    );
    const metric = profilingSilent && plain ? plain : best;
    return { metric, basis: basisOf(metric), profilingSilent };
  }

  /** Busy share in each slot of an hour, 0 to 1; null = not known. */
  busyShare(hour: number): Array<number | null> {
    const reading = this.reading(hour);
    return slotsOf(hour).map(slot =>
      reading ? known(this.#ratio(reading.metric.id, slot)) : null,
    );
  }

  /** A device that says 100 % for an hour, with no memory in use and nobody who holds it. */
  latched(hour: number): boolean {
    const shares = this.busyShare(hour).filter(share => share !== null);
    const used = [...this.#ofHour(this.memoryUsedMib, hour)].filter(
      value => !Number.isNaN(value),
    );
    return (
      shares.length > 0 &&
      shares.every(share => share >= 1) &&
      used.length > 0 &&
      used.every(value => value === 0)
    );
  }

  /** The value of a metric: one for all who report it, or the sum of what each has. */
  #ratio(metric: string, slot: number): number {
    let best = NaN;
    let reporters = 0;
    for (const slots of this.#metrics.get(metric)?.values() ?? []) {
      if (slots.reporters[slot] > reporters) {
        reporters = slots.reporters[slot];
        const top = slots.highest[slot];
        const each = slots.sum[slot] / reporters;
        best = top - each <= SAME ? top : Math.min(1, slots.sum[slot]);
      }
    }
    return best;
  }

  #mean(metric: string, hour: number): number {
    const values = slotsOf(hour)
      .map(slot => this.#ratio(metric, slot))
      .filter(value => !Number.isNaN(value));
    return values.length > 0 ? sum(values) / values.length : NaN;
  }

  #ofHour(values: Float64Array | undefined, hour: number): Float64Array {
    const first = hour * SLOTS_PER_HOUR;
    return (
      values?.subarray(first, first + SLOTS_PER_HOUR) ?? new Float64Array()
    );
  }
}

function basisOf({ id }: GpuMetric): GpuBasis {
  const [smActive, engineActive, utilisation] = GPU_BASES;
  if (id.startsWith('sm')) {
    return smActive;
  }
  return id.startsWith('engine') ? engineActive : utilisation;
}

function slotsOf(hour: number): number[] {
  const first = hour * SLOTS_PER_HOUR;
  return Array.from({ length: SLOTS_PER_HOUR }, (_, index) => first + index);
}

function unknown(slots: number): Float64Array {
  return new Float64Array(slots).fill(NaN);
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** The higher of two, of which the first may be unknown. */
export function highest(before: number, value: number): number {
  return before > value ? before : value;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) {
    total += value;
  }
  return total;
}
