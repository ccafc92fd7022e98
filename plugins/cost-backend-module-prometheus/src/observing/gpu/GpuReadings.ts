import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../../promql/expressions';
import { GPU_METRICS, GpuMetric } from '../../promql/gpuMetrics';
import { HourWindow } from '../../reading/HourWindow';
import { ContainerIdentity, keyOf } from '../../reading/labels';
import { wordPrometheus } from '@headroom/plugin-cost-common';
import { Problems } from '../../reading/Problems';
import { DeviceNames, NamedDevice } from './DeviceNames';
import { DeviceIdentity, DeviceReadings, highest } from './DeviceReadings';
import { ScrapedSeries } from './DeviceScrapes';
import { Fractions } from './Fractions';
import { GpuKnowledge } from './GpuKnowledge';
import { withoutBlanks } from './gpuLabels';
import { Tenancy } from './Tenancy';

/** Share of the reserved time that must have readings for a busy figure. */
const ENOUGH = 0.9;

interface Part {
  part: string;
  metric?: GpuMetric;
  series: PrometheusSeries;
}

/** What DCGM exporters read of a cluster's GPUs in a window. */
export class GpuReadings {
  readonly #window: HourWindow;
  readonly #tenancy: Tenancy;
  readonly #names: DeviceNames;
  readonly #problems: Problems;
  readonly #devices = new Map<string, DeviceReadings>();
  /** Instances by board. */
  readonly #instances = new Map<string, DeviceReadings[]>();
  readonly #containers = new Map<string, ContainerIdentity>();
  /** Devices by container. */
  readonly #heldBy = new Map<string, Set<DeviceReadings>>();
  readonly #percent = new Set<string>();

  /** Reads the answer to `gpuQuery`. */
  static read(
    window: HourWindow,
    answer: PrometheusSeries[],
    problems: Problems,
    knowledge: GpuKnowledge = {},
  ): GpuReadings {
    const parts = answer.map(
      (series): Part => ({
        series: { ...series, labels: withoutBlanks(series.labels) },
        ...splitPart(series.labels[PART_LABEL]),
      }),
    );
    const labels = parts.map(({ series }) => series.labels);
    const tenancy = Tenancy.read(labels, knowledge);
    const names = DeviceNames.read(labels, tenancy, knowledge);
    const readings = new GpuReadings(window, tenancy, names, problems);
    for (const { series, part, metric } of parts) {
      if (part === 'range' && metric) {
        readings.#noteRange(metric, series);
      }
    }
    for (const part of parts) {
      readings.#add(part);
    }
    Fractions.create(window, tenancy).read(
      parts,
      board => readings.#devices.get(keyOf(board, '')),
      (identity, device) => readings.#hold(identity, device),
    );
    return readings;
  }

  private constructor(
    window: HourWindow,
    tenancy: Tenancy,
    names: DeviceNames,
    problems: Problems,
  ) {
    this.#window = window;
    this.#tenancy = tenancy;
    this.#names = names;
    this.#problems = problems;
  }

  devices(): DeviceReadings[] {
    return [...this.#devices.values()];
  }

  /** Devices of an hour: a board that is cut into instances is these, not itself. */
  devicesOf(hour: number): DeviceReadings[] {
    return this.devices().filter(
      device => device.reported(hour) && !this.#isCut(device, hour),
    );
  }

  /** The row of the board that an instance is of, where there is one. */
  boardOf({ identity }: DeviceReadings): DeviceReadings | undefined {
    return identity.instance === undefined
      ? undefined
      : this.#devices.get(keyOf(identity.board, ''));
  }

  containerOf(key: string): ContainerIdentity | undefined {
    return this.#containers.get(key);
  }

  /**
   * Busy device-seconds of a container that reserved so many; undefined when
   * too few of them have readings. A device several containers hold at the same
   * time reports one value for all of them: each gets its share of it.
   *
   * @param boardShare - share of a board that a device is
   * @param hereShare - how much of what it had of a device was where it is asked for:
   * a pod that moves has devices on two nodes under one name
   */
  busyDeviceSeconds(
    identity: ContainerIdentity,
    hour: number,
    reservedDeviceSeconds: number,
    boardShare: (device: DeviceReadings) => number,
    hereShare: (device: DeviceReadings) => number = () => 1,
  ): number | undefined {
    const key = containerKey(identity);
    let seconds = 0;
    let busy = 0;
    for (const device of this.#devicesHeldBy(key, hour)) {
      const share = device.latched(hour)
        ? undefined
        : device.shareOf(key, hour);
      if (share) {
        const weight = boardShare(device) * hereShare(device);
        seconds += share.seconds * weight;
        busy += share.busySeconds * weight;
      }
    }
    return seconds > 0 && seconds >= reservedDeviceSeconds * ENOUGH
      ? (busy / seconds) * reservedDeviceSeconds
      : undefined;
  }

  /** Device-seconds a container had through resource claims, which no request shows. */
  claimedDeviceSeconds(
    identity: ContainerIdentity,
    hour: number,
    boardShare: (device: DeviceReadings) => number,
    hereShare: (device: DeviceReadings) => number = () => 1,
  ): number {
    const key = containerKey(identity);
    let seconds = 0;
    for (const device of this.#devicesHeldBy(key, hour)) {
      if (device.identity.claim) {
        seconds +=
          device.ownSeconds(key, hour) * boardShare(device) * hereShare(device);
      }
    }
    return seconds;
  }

  #devicesHeldBy(container: string, hour: number): DeviceReadings[] {
    return [...(this.#heldBy.get(container) ?? [])].filter(
      device => !this.#isCut(device, hour),
    );
  }

  /** Whether MIG instances of a board are reported beside the board itself. */
  #isCut({ identity }: DeviceReadings, hour: number): boolean {
    return (
      identity.instance === undefined &&
      (this.#instances.get(identity.board) ?? []).some(instance =>
        instance.reported(hour),
      )
    );
  }

  #noteRange({ id }: GpuMetric, { samples }: PrometheusSeries): void {
    if (samples.some(([, value]) => value > 1)) {
      this.#percent.add(id);
    }
  }

  #add({ part, metric, series }: Part): void {
    const { labels } = series;
    if (part.startsWith('fraction-')) {
      return;
    }
    const named = this.#names.nameOf(labels);
    if (part === 'place') {
      // Says where devices are that other parts tell of.
      const device = this.#devices.get(
        keyOf(named.board, named.instance ?? ''),
      );
      named.places.forEach(place => device?.places.add(place));
      return;
    }
    const device = this.#device(named);
    const job = labels.job ?? '';
    const each = (visit: (slot: number, value: number) => void) =>
      this.#window.eachSlot(series, visit);
    switch (part) {
      case 'mean':
        if (metric) {
          const holder = this.#holderOf(labels, named);
          each((slot, value) =>
            device.addMean(
              metric.id,
              job,
              holder,
              slot,
              this.#toRatio(metric, value),
            ),
          );
        }
        break;
      case 'seen': {
        const holder = this.#holderOf(labels, named);
        this.#noteHeld(holder.container, device);
        each((slot, count) => device.addSeen(job, holder, slot, count));
        break;
      }
      case 'bad':
        each((slot, count) => {
          device.addBad(slot, count);
          this.#reportImpossible(slot, device, metric);
        });
        break;
      case 'memory-used':
        each((slot, value) => {
          const { memoryUsedMib } = device;
          memoryUsedMib[slot] = highest(memoryUsedMib[slot], value);
        });
        break;
      case 'memory-free':
        each((slot, value) => (device.memoryFreeMib[slot] = value));
        break;
      case 'power':
        each((slot, value) => (device.powerWatts[slot] = value));
        break;
      default:
    }
  }

  #reportImpossible(
    slot: number,
    { identity }: DeviceReadings,
    metric: GpuMetric | undefined,
  ): void {
    const device = nameOf(identity);
    this.#problems.say(
      {
        code: 'gpu-reading-impossible',
        severity: 'warning',
        hour: this.#window.hourOfSlot(slot),
      },
      metric
        ? wordPrometheus('readingOf', { metric: metric.metric, device })
        : wordPrometheus('someReadingOf', { device }),
      readings => wordPrometheus('readingImpossible', { readings }),
    );
  }

  #holderOf(
    labels: Record<string, string>,
    { replica }: NamedDevice,
  ): ScrapedSeries {
    const identity = this.#tenancy.tenantOf(labels);
    const exporter = this.#tenancy.exporterOf(labels)?.pod ?? '';
    const container = identity ? containerKey(identity) : '';
    if (identity) {
      this.#containers.set(container, identity);
    }
    return { container, replica, exporter };
  }

  #hold(identity: ContainerIdentity, device: DeviceReadings): void {
    const key = containerKey(identity);
    this.#containers.set(key, identity);
    this.#noteHeld(key, device);
  }

  #noteHeld(container: string, device: DeviceReadings): void {
    if (container !== '') {
      const devices = this.#heldBy.get(container) ?? new Set();
      this.#heldBy.set(container, devices.add(device));
    }
  }

  #device(named: NamedDevice): DeviceReadings {
    const { board, instance, profile, model, claim, places } = named;
    const key = keyOf(board, instance ?? '');
    let device = this.#devices.get(key);
    if (!device) {
      device = DeviceReadings.create(
        { key, board, instance, profile, model, claim },
        this.#window.slots,
      );
      this.#devices.set(key, device);
      if (instance !== undefined) {
        const instances = this.#instances.get(board) ?? [];
        this.#instances.set(board, [...instances, device]);
      }
    }
    // Not every series of a device says all of it.
    const { identity } = device;
    identity.claim ??= claim;
    identity.profile ??= profile;
    identity.model ??= model;
    places.forEach(place => device.places.add(place));
    return device;
  }

  #toRatio({ id, unit }: GpuMetric, value: number): number {
    const percent = unit === 'percent' || this.#percent.has(id);
    return percent ? value / 100 : value;
  }
}

/** A board or instance in words. */
export function nameOf({ board, instance }: DeviceIdentity): string {
  return instance === undefined ? board : `${board} instance ${instance}`;
}

export function containerKey(identity: ContainerIdentity): string {
  return keyOf(identity.namespace, identity.pod, identity.container);
}

function splitPart(text: string): { part: string; metric?: GpuMetric } {
  const [, part, id] = /^(mean|seen|bad|range)-(.+)$/.exec(text) ?? [];
  return part
    ? { part, metric: GPU_METRICS.find(metric => metric.id === id) }
    : { part: text };
}
