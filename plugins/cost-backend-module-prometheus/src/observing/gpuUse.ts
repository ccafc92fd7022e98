import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../promql/expressions';
import { GPU_METRICS, GpuMetric } from '../reading/gpuMetrics';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { ContainerIdentity, containerOf, keyOf } from '../reading/labels';
import { Problems } from '../reading/Problems';
import { ScrapeIntervals, secondsSeen } from '../reading/scrapes';

/** "Some kernel ran" at least this share of the time, while profiling says nothing did. */
const CONTRADICTION = 0.05;
/** Share of the reserved time that must have readings for a busy figure. */
const ENOUGH = 0.9;

/** Readings of one metric of a device, for one container, by hour. */
interface MetricRecord {
  mean: number[];
  seconds: number[];
}

interface Attribution {
  device: string;
  metrics: Map<string, MetricRecord>;
}

/** Reads how busy the devices of each container were. */
export class GpuUse {
  readonly #window: HourWindow;
  /** By container, then by device. */
  readonly #containers = new Map<string, Map<string, Attribution>>();
  /** Seconds each device was attributed to containers, by hour. */
  readonly #attributed = new Map<string, number[]>();
  readonly #percent = new Set<string>();

  /** Reads the answer to `gpuQuery`. */
  static read(
    window: HourWindow,
    intervals: ScrapeIntervals,
    answer: PrometheusSeries[],
    problems: Problems,
  ): GpuUse {
    const use = new GpuUse(window);
    for (const series of answer) {
      const [part, id] = splitPart(series.labels[PART_LABEL]);
      const metric = GPU_METRICS.find(candidate => candidate.id === id);
      if (metric) {
        use.#add(part, metric, series, intervals, problems);
      }
    }
    use.#sumAttributions();
    return use;
  }

  private constructor(window: HourWindow) {
    this.#window = window;
  }

  /**
   * Busy device-seconds of a container that reserved so many; undefined when
   * too few of them have readings. A device several containers hold at the same
   * time reports one value for all of them: each gets its share of it.
   */
  busyDeviceSeconds(
    identity: ContainerIdentity,
    hour: number,
    reservedDeviceSeconds: number,
    problems: Problems,
  ): number | undefined {
    const devices = this.#containers.get(containerKey(identity));
    let seconds = 0;
    let busy = 0;
    for (const attribution of devices?.values() ?? []) {
      const reading = this.#reading(attribution, hour, problems);
      if (reading) {
        const attributed =
          this.#attributed.get(attribution.device)?.[hour] ?? 0;
        const share = Math.min(1, HOUR_SECONDS / attributed);
        seconds += reading.seconds * share;
        busy += reading.busyShare * reading.seconds * share;
      }
    }
    return seconds > 0 && seconds >= reservedDeviceSeconds * ENOUGH
      ? (busy / seconds) * reservedDeviceSeconds
      : undefined;
  }

  #add(
    part: string,
    metric: GpuMetric,
    series: PrometheusSeries,
    intervals: ScrapeIntervals,
    problems: Problems,
  ): void {
    const { labels } = series;
    const device = deviceOf(labels);
    if (part === 'range') {
      if (series.samples.some(([, highest]) => highest > 1)) {
        this.#percent.add(metric.id);
      }
      return;
    }
    if (part === 'bad') {
      this.#window.each(series, hour =>
        problems.add(
          {
            code: 'gpu-reading-impossible',
            severity: 'warning',
            hour: this.#window.hour(hour),
          },
          `${metric.metric} of ${device}`,
          subjects => `Readings that can't be true were set aside: ${subjects}`,
        ),
      );
      return;
    }
    const identity = containerOf(labels);
    if (!identity) {
      return;
    }
    const record = this.#record(identity, device, metric.id);
    const interval = intervals.get(labels.job ?? '') ?? 0;
    this.#window.each(series, (hour, value) => {
      if (part === 'mean') {
        record.mean[hour] = Math.max(record.mean[hour] ?? 0, value);
      } else {
        record.seconds[hour] = Math.max(
          record.seconds[hour] ?? 0,
          secondsSeen(value, interval),
        );
      }
    });
  }

  #record(
    identity: ContainerIdentity,
    device: string,
    metricId: string,
  ): MetricRecord {
    const key = containerKey(identity);
    let devices = this.#containers.get(key);
    if (!devices) {
      devices = new Map();
      this.#containers.set(key, devices);
    }
    let attribution = devices.get(device);
    if (!attribution) {
      attribution = { device, metrics: new Map() };
      devices.set(device, attribution);
    }
    let record = attribution.metrics.get(metricId);
    if (!record) {
      record = { mean: [], seconds: [] };
      attribution.metrics.set(metricId, record);
    }
    return record;
  }

  #sumAttributions(): void {
    for (const devices of this.#containers.values()) {
      for (const { device, metrics } of devices.values()) {
        const total = this.#attributed.get(device) ?? [];
        this.#attributed.set(device, total);
        for (const hour of this.#window.indexes()) {
          const seconds = Math.max(
            0,
            ...[...metrics.values()].map(record => record.seconds[hour] ?? 0),
          );
          total[hour] = (total[hour] ?? 0) + seconds;
        }
      }
    }
  }

  /** The most telling metric that has readings and isn't contradicted. */
  #reading(
    { device, metrics }: Attribution,
    hour: number,
    problems: Problems,
  ): { busyShare: number; seconds: number } | undefined {
    const readings = GPU_METRICS.flatMap(metric => {
      const record = metrics.get(metric.id);
      const mean = record?.mean[hour];
      const seconds = record?.seconds[hour] ?? 0;
      return mean !== undefined && seconds > 0
        ? [{ metric, busyShare: this.#toRatio(metric, mean), seconds }]
        : [];
    });
    const plain = readings.find(({ metric }) => !metric.profiling);
    const [best] = readings;
    if (
      best?.metric.profiling &&
      best.busyShare === 0 &&
      plain &&
      plain.busyShare >= CONTRADICTION
    ) {
      problems.add(
        {
          code: 'gpu-profiling-silent',
          severity: 'warning',
          hour: this.#window.hour(hour),
        },
        device,
        subjects =>
          `Profiling counters read 0 while the GPU was in use; its utilisation was taken instead: ${subjects}`,
      );
      return plain;
    }
    return best;
  }

  #toRatio({ id, unit }: GpuMetric, value: number): number {
    const percent = unit === 'percent' || this.#percent.has(id);
    return percent ? value / 100 : value;
  }
}

function splitPart(text: string): [string, string] {
  const dash = text.indexOf('-');
  return [text.slice(0, dash), text.slice(dash + 1)];
}

/** A board, or one MIG instance of it. */
function deviceOf(labels: Record<string, string>): string {
  const board =
    labels.UUID ||
    `${labels.hostname || labels.Hostname || 'unknown host'} gpu ${
      labels.gpu ?? '?'
    }`;
  return labels.GPU_I_ID ? `${board} instance ${labels.GPU_I_ID}` : board;
}

function containerKey(identity: ContainerIdentity): string {
  return keyOf(identity.namespace, identity.pod, identity.container);
}
