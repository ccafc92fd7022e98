import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { ContainerHour } from '@headroom/plugin-cost-common';
import { PART_LABEL } from '../promql/expressions';
import { HourWindow } from '../reading/HourWindow';
import { ContainerIdentity, containerOf, keyOf } from '../reading/labels';

/** What is known of a container beside its usage. */
export type ContainerState = Pick<
  ContainerHour,
  | 'cpuLimitCores'
  | 'memoryLimitBytes'
  | 'image'
  | 'specKnown'
  | 'oomKills'
  | 'restarts'
  | 'throttledShare'
  | 'startedAt'
>;

type Values = Array<number | undefined>;

interface StateRecord {
  cpuLimit: Values;
  memoryLimit: Values;
  image: Array<string | undefined>;
  started: Values;
  restarts: Values;
  oom: Values;
  oomEvents: Values;
  oomEnded: Values;
  running: Values;
  throttled: Values;
}

/** Limits, images, starts, restarts and kills of containers, hour by hour. */
export class ContainerStates {
  readonly #window: HourWindow;
  readonly #records = new Map<string, StateRecord>();
  readonly #limitsReported: boolean[] = [];
  readonly #restartsReported: boolean[] = [];

  /** Reads the answer to `containerStateQuery`, but for requests. */
  static read(window: HourWindow, answer: PrometheusSeries[]): ContainerStates {
    const states = new ContainerStates(window);
    for (const series of answer) {
      states.#add(series);
    }
    return states;
  }

  private constructor(window: HourWindow) {
    this.#window = window;
  }

  /** @param requestsReported - an absent limit then means "none" */
  state(
    { namespace, pod, container }: ContainerIdentity,
    hour: number,
    requestsReported: boolean,
  ): ContainerState {
    const record = this.#records.get(keyOf(namespace, pod, container));
    const started = record?.started[hour];
    const known = this.#restartsReported[hour];
    const restarts = record?.restarts[hour] ?? (known ? 0 : undefined);
    return {
      cpuLimitCores: record?.cpuLimit[hour],
      memoryLimitBytes: record?.memoryLimit[hour],
      image: record?.image[hour],
      specKnown: (requestsReported && this.#limitsReported[hour]) || undefined,
      restarts,
      oomKills: oomKills(record, hour, restarts),
      throttledShare: ratio(record?.throttled[hour]),
      startedAt:
        started === undefined
          ? undefined
          : new Date(started * 1000).toISOString(),
    };
  }

  /** Seconds it ran in an hour, where that is less than the hour. */
  ranSeconds(
    { namespace, pod, container }: ContainerIdentity,
    hour: number,
  ): number | undefined {
    return this.#records.get(keyOf(namespace, pod, container))?.running[hour];
  }

  /** Whether it is known to have started between two times, in seconds. */
  startedWithin(
    { namespace, pod, container }: ContainerIdentity,
    from: number,
    to: number,
  ): boolean {
    const record = this.#records.get(keyOf(namespace, pod, container));
    return (
      record?.started.some(at => at !== undefined && at >= from && at < to) ??
      false
    );
  }

  #add(series: PrometheusSeries): void {
    const part = series.labels[PART_LABEL];
    if (part === 'counts-restarts') {
      this.#window.each(series, hour => (this.#restartsReported[hour] = true));
      return;
    }
    const identity = containerOf(series.labels);
    if (!identity) {
      return;
    }
    const { resource, image } = series.labels;
    const record = this.#record(identity);
    if (part === 'image') {
      this.#window.each(series, hour => (record.image[hour] = image));
      return;
    }
    const values = columnOf(record, part, resource);
    this.#window.each(series, (hour, value) => {
      this.#limitsReported[hour] ||= part === 'limit';
      if (values) {
        values[hour] = Math.max(values[hour] ?? 0, value);
      }
    });
  }

  #record({ namespace, pod, container }: ContainerIdentity): StateRecord {
    const key = keyOf(namespace, pod, container);
    let record = this.#records.get(key);
    if (!record) {
      record = {
        cpuLimit: [],
        memoryLimit: [],
        image: [],
        started: [],
        restarts: [],
        oom: [],
        oomEvents: [],
        oomEnded: [],
        running: [],
        throttled: [],
      };
      this.#records.set(key, record);
    }
    return record;
  }
}

function columnOf(
  record: StateRecord,
  part: string,
  resource: string | undefined,
): Values | undefined {
  switch (part) {
    case 'limit':
      return resource === 'cpu' ? record.cpuLimit : record.memoryLimit;
    case 'started':
      return record.started;
    case 'restarts':
      return record.restarts;
    case 'oom':
      return record.oom;
    case 'oom-events':
      return record.oomEvents;
    case 'oom-ended':
      return record.oomEnded;
    case 'running':
      return record.running;
    case 'throttled':
      return record.throttled;
    default:
      return undefined;
  }
}

/**
 * Kills of the hour. The reason of the last end stays until the next one, so it
 * counts only in an hour with a restart; cAdvisor also counts kills of child
 * processes, which restart nothing. A container that is never restarted (of a
 * Job) ends once, by what `oom-ended` says.
 */
function oomKills(
  record: StateRecord | undefined,
  hour: number,
  restarts: number | undefined,
): number | undefined {
  const events = record?.oomEvents[hour];
  const byReason = record?.oom[hour] ? restarts : undefined;
  const ended = record?.oomEnded[hour] ? 1 : undefined;
  const known = [events, byReason, ended].filter(each => each !== undefined);
  if (known.length === 0) {
    return restarts === undefined ? undefined : 0;
  }
  return Math.max(...known);
}

function ratio(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.min(1, Math.max(0, value));
}
