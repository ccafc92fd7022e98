import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../promql/expressions';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { ContainerIdentity, containerOf, keyOf } from '../reading/labels';
import { ScrapeIntervals, secondsSeen } from '../reading/scrapes';

/** One run of a container (a restart is another one) as one scrape job saw it. */
interface RunRecord {
  job: string;
  counts: number[];
  /** When the counter was last read, at the start of hour `i`; at `i + 1`: at its end. */
  lastRead: number[];
  grown: number[];
  /** Prometheus' increase, in hours in which the counter was reset. */
  reset: number[];
  memoryBytes: number[];
}

/** Usage of a container in one hour. */
export interface ContainerUsage {
  /** Seconds it was seen running. */
  seconds: number;
  cpuCoreSeconds?: number;
  memoryByteSeconds?: number;
}

interface ContainerRecord {
  identity: ContainerIdentity;
  /** By cgroup (`id`, else `name`), then by scrape job. */
  runs: Map<string, Map<string, RunRecord>>;
}

/** CPU and memory of containers as cAdvisor counted them. */
export class UsageTable {
  readonly #window: HourWindow;
  readonly #intervals: ScrapeIntervals;
  readonly #containers = new Map<string, Map<string, ContainerRecord>>();

  static create(window: HourWindow, intervals: ScrapeIntervals): UsageTable {
    return new UsageTable(window, intervals);
  }

  private constructor(window: HourWindow, intervals: ScrapeIntervals) {
    this.#window = window;
    this.#intervals = intervals;
  }

  /** Takes the answer to `containersQuery`. */
  addCounts(answer: PrometheusSeries[]): void {
    for (const series of answer) {
      this.#fill(series, record => record.counts);
    }
  }

  /** Takes the answer to `lastReadQuery`. */
  addLastRead(answer: PrometheusSeries[]): void {
    for (const { labels, samples } of answer) {
      const run = this.#run(labels);
      if (run) {
        for (const [at, read] of samples) {
          const boundary = (at - this.#window.startSeconds(0)) / HOUR_SECONDS;
          run.lastRead[boundary] = Math.max(run.lastRead[boundary] ?? 0, read);
        }
      }
    }
  }

  /** Takes the answer to `cpuQuery`. */
  addCpu(answer: PrometheusSeries[]): void {
    for (const series of answer) {
      const [part] = series.labels[PART_LABEL].split('-');
      if (part === 'grown' || part === 'reset') {
        this.#fill(series, record => record[part]);
      }
    }
  }

  /** Takes the answer to `memoryQuery`. */
  addMemory(answer: PrometheusSeries[]): void {
    for (const series of answer) {
      this.#fill(series, record => record.memoryBytes);
    }
  }

  /** Containers of a pod that were seen at some time of the window. */
  containersOf(namespace: string, pod: string): string[] {
    return [...(this.#containers.get(keyOf(namespace, pod))?.keys() ?? [])];
  }

  pods(): Array<{ namespace: string; pod: string }> {
    return [...this.#containers.values()].map(containers => {
      const [{ identity }] = containers.values();
      return { namespace: identity.namespace, pod: identity.pod };
    });
  }

  /** Seconds of an hour in which any container of the pod was seen. */
  secondsOfPod(
    { namespace, pod }: { namespace: string; pod: string },
    hour: number,
  ): number {
    let most = 0;
    for (const container of this.containersOf(namespace, pod)) {
      const usage = this.usage({ namespace, pod, container }, hour);
      most = Math.max(most, usage?.seconds ?? 0);
    }
    return most;
  }

  /** Undefined when nothing was seen of the container in that hour. */
  usage(
    { namespace, pod, container }: ContainerIdentity,
    hour: number,
  ): ContainerUsage | undefined {
    const record = this.#containers.get(keyOf(namespace, pod))?.get(container);
    if (!record) {
      return undefined;
    }
    let usage: ContainerUsage | undefined;
    for (const byJob of cgroups(record.runs)) {
      const run = this.#longest(byJob, hour);
      if (run) {
        const ofRun = this.#usageOfRun(run, hour);
        usage = usage ? add(usage, ofRun) : ofRun;
      }
    }
    return usage;
  }

  /** Seconds of an hour in which any container was seen: how long cAdvisor was scraped. */
  secondsScraped(hour: number): number {
    let most = 0;
    for (const containers of this.#containers.values()) {
      for (const { runs } of containers.values()) {
        for (const byJob of runs.values()) {
          for (const run of byJob.values()) {
            most = Math.max(most, this.#seconds(run, hour));
          }
        }
      }
    }
    return most;
  }

  #run(labels: Record<string, string>): RunRecord | undefined {
    const identity = containerOf(labels);
    if (!identity) {
      return undefined;
    }
    const podKey = keyOf(identity.namespace, identity.pod);
    const containers = getOrCreate(
      this.#containers,
      podKey,
      () => new Map<string, ContainerRecord>(),
    );
    const { runs } = getOrCreate(containers, identity.container, () => ({
      identity,
      runs: new Map(),
    }));
    const byJob = getOrCreate(
      runs,
      labels.id || labels.name || '',
      () => new Map<string, RunRecord>(),
    );
    return getOrCreate(byJob, labels.job ?? '', () => ({
      job: labels.job ?? '',
      counts: [],
      lastRead: [],
      grown: [],
      reset: [],
      memoryBytes: [],
    }));
  }

  #fill(
    series: PrometheusSeries,
    column: (record: RunRecord) => number[],
  ): void {
    const run = this.#run(series.labels);
    if (run) {
      const values = column(run);
      this.#window.each(series, (hour, value) => {
        values[hour] = Math.max(values[hour] ?? 0, value);
      });
    }
  }

  #seconds(run: RunRecord, hour: number): number {
    return secondsSeen(
      run.counts[hour] ?? 0,
      this.#intervals.get(run.job) ?? 0,
    );
  }

  /** Two jobs may scrape the same cAdvisor: the one that saw the run longest counts, and only it. */
  #longest(byJob: Map<string, RunRecord>, hour: number): RunRecord | undefined {
    let best: RunRecord | undefined;
    for (const run of byJob.values()) {
      const seconds = this.#seconds(run, hour);
      const bestSeconds = best ? this.#seconds(best, hour) : 0;
      if (
        seconds > bestSeconds ||
        (best && seconds === bestSeconds && run.job < best.job)
      ) {
        best = run;
      }
    }
    return best;
  }

  #usageOfRun(run: RunRecord, hour: number): ContainerUsage {
    const seconds = this.#seconds(run, hour);
    const memoryBytes = run.memoryBytes[hour];
    return {
      seconds,
      cpuCoreSeconds: this.#cpuCoreSeconds(run, hour, seconds),
      memoryByteSeconds:
        memoryBytes === undefined ? undefined : memoryBytes * seconds,
    };
  }

  /**
   * What the counter grew by, for the seconds the container was seen. Undefined
   * when a single reading is all there is.
   */
  #cpuCoreSeconds(
    run: RunRecord,
    hour: number,
    seconds: number,
  ): number | undefined {
    const interval = this.#intervals.get(run.job) ?? 0;
    const count = run.counts[hour] ?? 0;
    const range = HOUR_SECONDS + interval;
    const start = this.#window.startSeconds(hour);
    const before = run.lastRead[hour];
    const last = run.lastRead[hour + 1];
    const bridged = before !== undefined && before > start - interval;
    const increase = run.reset[hour];

    if (bridged && last !== undefined && last > start) {
      // Seen at both ends: the mean rate between the two readings.
      const span = last - before;
      const grown =
        increase === undefined ? run.grown[hour] : (increase * span) / range;
      return grown === undefined ? undefined : (grown / span) * seconds;
    }
    // Readings an hour begins or ends without: `increase` went half an interval
    // beyond the first and the last of them.
    const span = (bridged ? count : count - 1) * interval;
    if (span <= 0) {
      return undefined;
    }
    const grown =
      increase === undefined
        ? run.grown[hour]
        : (increase * span) / (span + interval);
    return grown === undefined ? undefined : (grown / span) * seconds;
  }
}

/**
 * A job may drop `id`, so that the same run comes with and without it: then
 * the series without are left out.
 */
function cgroups(
  runs: Map<string, Map<string, RunRecord>>,
): Array<Map<string, RunRecord>> {
  return [...runs]
    .filter(([id]) => id !== '' || runs.size === 1)
    .map(([, byJob]) => byJob);
}

function add(left: ContainerUsage, right: ContainerUsage): ContainerUsage {
  return {
    seconds: Math.min(HOUR_SECONDS, left.seconds + right.seconds),
    cpuCoreSeconds: sum(left.cpuCoreSeconds, right.cpuCoreSeconds),
    memoryByteSeconds: sum(left.memoryByteSeconds, right.memoryByteSeconds),
  };
}

/** What is known of either. */
function sum(left?: number, right?: number): number | undefined {
  return left === undefined || right === undefined
    ? left ?? right
    : left + right;
}

function getOrCreate<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = create();
    map.set(key, value);
  }
  return value;
}
