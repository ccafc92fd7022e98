import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../../promql/expressions';
import { runOf } from '../../reading/cgroups';
import { HourWindow } from '../../reading/HourWindow';
import { ContainerIdentity, containerOf, keyOf } from '../../reading/labels';
import { secondsSeen, wholeSlot } from './presence';

/** One run of a container as one path of one job reported it; NaN = not known. */
export interface Copy {
  /** Job and path that reported it. */
  origin: string;
  /** At the start of the window and the ends of slots. */
  cpu: Float64Array;
  cpuFirst: Float64Array;
  /** Mean cores by slot of the window, from the readings in it. */
  cpuRate: Float64Array;
  /** Readings by slot, the first entry from before the window. */
  seen: Float64Array;
  /** By slot of the window. */
  memory: Float64Array;
  memoryPeak: Float64Array;
}

/** One run of a container: a restart makes another one. */
export interface Run {
  copies: Copy[];
}

interface ContainerRecord {
  identity: ContainerIdentity;
  /** By run; '' where the exporter names no cgroup. */
  runs: Map<string, Run>;
}

/** What cAdvisor read of every container, by slots of five minutes. */
export class UsageTable {
  readonly #window: HourWindow;
  readonly #containers = new Map<string, Map<string, ContainerRecord>>();
  readonly #usual = new Map<string, number | undefined>();

  /** Reads the answer to `usageQuery`. */
  static read(window: HourWindow, answer: PrometheusSeries[]): UsageTable {
    const table = new UsageTable(window);
    for (const series of answer) {
      table.#add(series);
    }
    return table;
  }

  private constructor(window: HourWindow) {
    this.#window = window;
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

  /**
   * The runs of a container. An exporter or path that names no cgroup reports
   * the same runs again: it counts only where it is alone.
   */
  runsOf({ namespace, pod, container }: ContainerIdentity): Run[] {
    const runs = this.#containers
      .get(keyOf(namespace, pod))
      ?.get(container)?.runs;
    return [...(runs ?? [])]
      .filter(([run]) => run !== '' || runs?.size === 1)
      .map(([, run]) => run);
  }

  /** Seconds of each slot of the window in which a copy was seen. */
  secondsOf({ seen, origin }: Copy): Float64Array {
    return secondsSeen(seen, this.#usualOf(origin));
  }

  /** Seconds of each slot in which any container was seen. */
  scrapedSlots(): Float64Array {
    const most = new Float64Array(this.#window.slots);
    for (const copy of this.#copies()) {
      this.secondsOf(copy).forEach((seconds, slot) => {
        most[slot] = Math.max(most[slot], seconds);
      });
    }
    return most;
  }

  /** Readings of a whole slot at the pace of a job's path: the middle of its containers. */
  #usualOf(origin: string): number | undefined {
    if (!this.#usual.has(origin)) {
      const whole: number[] = [];
      for (const copy of this.#copies()) {
        const count = copy.origin === origin ? wholeSlot(copy.seen) : undefined;
        if (count !== undefined) {
          whole.push(count);
        }
      }
      whole.sort((left, right) => left - right);
      this.#usual.set(origin, whole[Math.floor(whole.length / 2)]);
    }
    return this.#usual.get(origin);
  }

  *#copies(): Generator<Copy> {
    for (const containers of this.#containers.values()) {
      for (const { runs } of containers.values()) {
        for (const { copies } of runs.values()) {
          yield* copies;
        }
      }
    }
  }

  #add(series: PrometheusSeries): void {
    const copy = this.#copy(series.labels);
    if (!copy) {
      return;
    }
    const higher = (values: Float64Array) => (index: number, value: number) => {
      values[index] = value < values[index] ? values[index] : value;
    };
    switch (series.labels[PART_LABEL]) {
      case 'cpu':
        this.#window.eachBoundary(series, higher(copy.cpu));
        break;
      case 'cpu-first':
        this.#window.eachBoundary(series, (boundary, value) => {
          copy.cpuFirst[boundary] = value;
        });
        break;
      case 'cpu-rate':
        this.#window.eachSlot(series, higher(copy.cpuRate));
        break;
      case 'cpu-seen':
      case 'memory-seen':
        this.#window.eachBoundary(series, higher(copy.seen));
        break;
      case 'memory':
        this.#window.eachSlot(series, higher(copy.memory));
        break;
      case 'memory-peak':
        this.#window.eachSlot(series, higher(copy.memoryPeak));
        break;
      default:
    }
  }

  #copy(labels: Record<string, string>): Copy | undefined {
    const identity = containerOf(labels);
    if (!identity) {
      return undefined;
    }
    const containers = getOrCreate(
      this.#containers,
      keyOf(identity.namespace, identity.pod),
      () => new Map<string, ContainerRecord>(),
    );
    const { runs } = getOrCreate(containers, identity.container, () => ({
      identity,
      runs: new Map<string, Run>(),
    }));
    const { copies } = getOrCreate(
      runs,
      runOf(labels.id ?? '', labels.name ?? ''),
      () => ({ copies: [] as Copy[] }),
    );
    const origin = keyOf(labels.job ?? '', labels.metrics_path ?? '');
    let copy = copies.find(each => each.origin === origin);
    if (!copy) {
      copy = emptyCopy(origin, this.#window.slots);
      copies.push(copy);
    }
    return copy;
  }
}

function emptyCopy(origin: string, slots: number): Copy {
  const unknown = (length: number) => new Float64Array(length).fill(NaN);
  return {
    origin,
    cpu: unknown(slots + 1),
    cpuFirst: unknown(slots + 1),
    cpuRate: unknown(slots),
    seen: unknown(slots + 1),
    memory: unknown(slots),
    memoryPeak: unknown(slots),
  };
}

function getOrCreate<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = create();
    map.set(key, value);
  }
  return value;
}
