import {
  GPU_BASES,
  GpuBasis,
  SLOT_SECONDS,
  SLOTS_PER_HOUR,
} from '@headroom/plugin-cost-common';
import { GPU_METRICS, GpuMetric } from '../../promql/gpuMetrics';
import { sum } from '../../reading/collections';
import { DeviceScrapes, ScrapedSeries } from './DeviceScrapes';
import { MetricMeans } from './MetricMeans';

/** "Some kernel ran" at least this share of the time, while profiling says nothing did. */
const CONTRADICTION = 0.05;

/** What a GPU, or a MIG instance of one, is. */
export interface DeviceIdentity {
  /** Board and instance; unique in the cluster. */
  key: string;
  board: string;
  instance?: string;
  profile?: string;
  model?: string;
  /** Held through a resource claim. */
  claim?: string;
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
  /** Names its node may have. */
  readonly places = new Set<string>();
  readonly #slots: number;
  /** By metric. */
  readonly #means = new Map<string, MetricMeans>();
  /** By job. */
  readonly #scrapes = new Map<string, DeviceScrapes>();
  /** Of those who share the device by fractions: no readings of the device. */
  readonly #sharers: DeviceScrapes;
  readonly #bad: Float64Array;
  /** Seconds each container had the device, by slot. */
  #held: Map<string, Float64Array> | undefined;
  /** Share of the device each container has that shares it by fractions, by slot. */
  readonly #fractions = new Map<string, Float64Array>();

  static create(identity: DeviceIdentity, slots: number): DeviceReadings {
    return new DeviceReadings(identity, slots);
  }

  private constructor(identity: DeviceIdentity, slots: number) {
    this.identity = identity;
    this.#slots = slots;
    this.memoryUsedMib = unknown(slots);
    this.memoryFreeMib = unknown(slots);
    this.powerWatts = unknown(slots);
    this.#sharers = DeviceScrapes.create(slots);
    this.#bad = new Float64Array(slots);
  }

  addMean(
    metric: string,
    job: string,
    series: ScrapedSeries,
    slot: number,
    ratio: number,
  ): void {
    let means = this.#means.get(metric);
    if (!means) {
      means = MetricMeans.create(this.#slots);
      this.#means.set(metric, means);
    }
    means.add(job, this.#scrapesOf(job), series, slot, ratio);
  }

  /** Memory of the device that isn't the driver's; undefined = not known in that slot. */
  memoryMib(slot: number): number | undefined {
    const total = this.memoryUsedMib[slot] + this.memoryFreeMib[slot];
    return total > 0 ? total : undefined;
  }

  addSeen(
    job: string,
    series: ScrapedSeries,
    slot: number,
    count: number,
  ): void {
    this.#scrapesOf(job).add(series, slot, count);
    this.#held = undefined;
  }

  /** Scrapes that saw a container share the device by fractions. */
  addSharer(series: ScrapedSeries, slot: number, count: number): void {
    this.#sharers.add(series, slot, count);
    this.#held = undefined;
  }

  /** The larger of what is said of a container counts. */
  addFraction(container: string, slot: number, share: number): void {
    let fractions = this.#fractions.get(container);
    if (!fractions) {
      fractions = unknown(this.#slots);
      this.#fractions.set(container, fractions);
    }
    fractions[slot] = highest(fractions[slot], Math.min(1, share));
  }

  /** Share of the device a container has in an hour; undefined = it doesn't share it by fractions, or nobody says. */
  fractionOf(container: string, hour: number): number | undefined {
    const said = [...this.#ofHour(this.#fractions.get(container), hour)].filter(
      share => !Number.isNaN(share),
    );
    return said.length > 0 ? sum(said) / said.length : undefined;
  }

  addBad(slot: number, count: number): void {
    this.#bad[slot] = Math.max(this.#bad[slot], count);
  }

  /** Keys of the containers that had it in an hour. */
  tenants(hour: number): string[] {
    return [...this.#heldSlots().keys()].filter(
      container => this.heldSeconds(container, hour) > 0,
    );
  }

  heldSeconds(container: string, hour: number): number {
    return sum(this.#ofHour(this.#heldSlots().get(container), hour));
  }

  /** Seconds a container had it to itself, or its part of them, and those of them it was busy. */
  shareOf(
    container: string,
    hour: number,
  ): { seconds: number; busySeconds: number } | undefined {
    const reading = this.reading(hour);
    const held = this.#heldSlots().get(container);
    if (!reading || !held) {
      return undefined;
    }
    let seconds = 0;
    let busySeconds = 0;
    for (const slot of slotsOf(hour)) {
      const busy = this.#ratio(reading.metric.id, slot);
      if (held[slot] > 0 && !Number.isNaN(busy)) {
        const own = this.#ownSeconds(held, slot);
        seconds += own;
        busySeconds += own * busy;
      }
    }
    return { seconds, busySeconds };
  }

  /** Seconds of an hour a container had it to itself, or its part of them, whatever was read of its use. */
  ownSeconds(container: string, hour: number): number {
    const held = this.#heldSlots().get(container);
    return held
      ? sum(slotsOf(hour).map(slot => this.#ownSeconds(held, slot)))
      : 0;
  }

  /** Hours of the window, by index, in which its use was read. */
  reportedHours(): number[] {
    return Array.from(
      { length: this.#slots / SLOTS_PER_HOUR },
      (_, hour) => hour,
    ).filter(hour => this.reported(hour));
  }

  /** Whether its use was read in an hour. */
  reported(hour: number): boolean {
    return this.counts(hour).readings > 0;
  }

  /** Scrapes that saw it, and readings that can't be true. */
  counts(hour: number): { readings: number; impossible: number } {
    const scrapes = slotsOf(hour).map(slot =>
      Math.max(
        0,
        ...[...this.#scrapes.values()].map(ofJob => ofJob.scrapes(slot)),
      ),
    );
    return {
      readings: sum(scrapes),
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

  /** Of those who have it in a slot together each has an equal part. */
  #ownSeconds(held: Float64Array, slot: number): number {
    let together = 0;
    for (const each of this.#heldSlots().values()) {
      together += each[slot];
    }
    return held[slot] > 0
      ? held[slot] * Math.min(1, SLOT_SECONDS / together)
      : 0;
  }

  #ratio(metric: string, slot: number): number {
    return this.#means.get(metric)?.at(slot) ?? NaN;
  }

  #scrapesOf(job: string): DeviceScrapes {
    let scrapes = this.#scrapes.get(job);
    if (!scrapes) {
      scrapes = DeviceScrapes.create(this.#slots);
      this.#scrapes.set(job, scrapes);
    }
    return scrapes;
  }

  #heldSlots(): Map<string, Float64Array> {
    this.#held ??= this.#readHeld();
    return this.#held;
  }

  #readHeld(): Map<string, Float64Array> {
    const held = new Map<string, Float64Array>();
    for (const scrapes of [...this.#scrapes.values(), this.#sharers]) {
      for (const container of new Set(scrapes.containers())) {
        if (container !== '') {
          const seconds = held.get(container) ?? new Float64Array(this.#slots);
          held.set(container, seconds);
          for (let slot = 0; slot < this.#slots; slot += 1) {
            seconds[slot] = Math.max(
              seconds[slot],
              scrapes.heldSeconds(container, slot),
            );
          }
        }
      }
    }
    return held;
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
