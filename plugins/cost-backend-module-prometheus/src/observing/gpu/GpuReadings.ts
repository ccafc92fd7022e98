import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { SLOT_SECONDS } from '@headroom/plugin-cost-common';
import { PART_LABEL } from '../../promql/expressions';
import { GPU_METRICS, GpuMetric } from '../../reading/gpuMetrics';
import { HourWindow } from '../../reading/HourWindow';
import { ContainerIdentity, containerOf, keyOf } from '../../reading/labels';
import { Problems } from '../../reading/Problems';
import { ScrapeIntervals } from '../../reading/scrapes';
import { DeviceIdentity, DeviceReadings, highest } from './DeviceReadings';

/** Share of the reserved time that must have readings for a busy figure. */
const ENOUGH = 0.9;

/** What DCGM exporters read of a cluster's GPUs in a window. */
export class GpuReadings {
  readonly #window: HourWindow;
  readonly #devices = new Map<string, DeviceReadings>();
  readonly #containers = new Map<string, ContainerIdentity>();
  /** Devices by container. */
  readonly #heldBy = new Map<string, Set<DeviceReadings>>();
  readonly #percent = new Set<string>();

  /** Reads the answer to `gpuQuery`. */
  static read(
    window: HourWindow,
    intervals: ScrapeIntervals,
    answer: PrometheusSeries[],
    problems: Problems,
  ): GpuReadings {
    const readings = new GpuReadings(window);
    const parts = answer.map(series => ({
      series,
      ...splitPart(series.labels[PART_LABEL]),
    }));
    for (const { series, part, metric } of parts) {
      if (part === 'range' && metric) {
        readings.#noteRange(metric, series);
      }
    }
    for (const { series, part, metric } of parts) {
      readings.#add(part, metric, series, intervals, problems);
    }
    return readings;
  }

  private constructor(window: HourWindow) {
    this.#window = window;
  }

  devices(): DeviceReadings[] {
    return [...this.#devices.values()];
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
   */
  busyDeviceSeconds(
    identity: ContainerIdentity,
    hour: number,
    reservedDeviceSeconds: number,
    boardShare: (device: DeviceReadings) => number,
  ): number | undefined {
    const key = containerKey(identity);
    let seconds = 0;
    let busy = 0;
    for (const device of this.#heldBy.get(key) ?? []) {
      const share = device.latched(hour)
        ? undefined
        : device.shareOf(key, hour);
      if (share) {
        const weight = boardShare(device);
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
  ): number {
    const key = containerKey(identity);
    let seconds = 0;
    for (const device of this.#heldBy.get(key) ?? []) {
      if (device.identity.claim) {
        const tenants = device.tenants(hour).length;
        seconds +=
          (device.heldSeconds(key, hour) * boardShare(device)) /
          Math.max(1, tenants);
      }
    }
    return seconds;
  }

  #noteRange({ id }: GpuMetric, { samples }: PrometheusSeries): void {
    if (samples.some(([, value]) => value > 1)) {
      this.#percent.add(id);
    }
  }

  #add(
    part: string,
    metric: GpuMetric | undefined,
    series: PrometheusSeries,
    intervals: ScrapeIntervals,
    problems: Problems,
  ): void {
    const { labels } = series;
    const device = this.#device(labels);
    const each = (visit: (slot: number, value: number) => void) =>
      this.#window.eachSlot(series, visit);
    switch (part) {
      case 'mean':
        if (metric) {
          each((slot, value) =>
            device.addMean(
              metric.id,
              labels.job ?? '',
              slot,
              this.#toRatio(metric, value),
            ),
          );
        }
        break;
      case 'seen':
        if (metric) {
          const container = this.#noteContainer(labels, device);
          const interval = intervals.get(labels.job ?? '') ?? 0;
          each((slot, count) =>
            device.addSeen(
              metric.id,
              slot,
              count,
              container,
              secondsOfSlot(count, interval),
            ),
          );
        }
        break;
      case 'bad':
        each((slot, count) => {
          device.addBad(slot, count);
          this.#reportImpossible(slot, device, metric, problems);
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
    problems: Problems,
  ): void {
    problems.add(
      {
        code: 'gpu-reading-impossible',
        severity: 'warning',
        hour: this.#window.hourOfSlot(slot),
      },
      `${metric?.metric ?? 'A reading'} of ${nameOf(identity)}`,
      subjects => `Readings that can't be true were set aside: ${subjects}`,
    );
  }

  #noteContainer(
    labels: Record<string, string>,
    device: DeviceReadings,
  ): string | undefined {
    const identity = containerOf(labels);
    if (!identity) {
      return undefined;
    }
    const key = containerKey(identity);
    this.#containers.set(key, identity);
    const devices = this.#heldBy.get(key) ?? new Set();
    this.#heldBy.set(key, devices.add(device));
    return key;
  }

  #device(labels: Record<string, string>): DeviceReadings {
    const identity = deviceOf(labels);
    let device = this.#devices.get(identity.key);
    if (!device) {
      device = DeviceReadings.create(identity, this.#window.slots);
      this.#devices.set(identity.key, device);
    }
    // A claim is seen on the series of those who hold it only.
    device.identity.claim ??= identity.claim;
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

function deviceOf(labels: Record<string, string>): DeviceIdentity {
  const host = labels.hostname || labels.Hostname || undefined;
  const board =
    labels.UUID ||
    `${labels.node || host || 'unknown host'} gpu ${labels.gpu ?? '?'}`;
  const instance = labels.GPU_I_ID || undefined;
  return {
    key: keyOf(board, instance ?? ''),
    board,
    instance,
    profile: labels.GPU_I_PROFILE || labels.dra_mig_profile || undefined,
    model: labels.modelName || undefined,
    host: labels.exported_node || labels.node || host,
    claim: labels.dra_claim_name
      ? keyOf(labels.dra_claim_namespace ?? '', labels.dra_claim_name)
      : undefined,
  };
}

/** Seconds of a slot that so many readings stand for; one short of it is the whole slot. */
function secondsOfSlot(count: number, interval: number): number {
  const seconds = count * interval;
  return seconds >= SLOT_SECONDS - interval ? SLOT_SECONDS : seconds;
}

function splitPart(text: string): { part: string; metric?: GpuMetric } {
  const [, part, id] = /^(mean|seen|bad|range)-(.+)$/.exec(text) ?? [];
  return part
    ? { part, metric: GPU_METRICS.find(metric => metric.id === id) }
    : { part: text };
}
