import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../../promql/expressions';
import { runOf } from '../../reading/cgroups';
import { HourWindow } from '../../reading/HourWindow';
import { ContainerIdentity, keyOf } from '../../reading/labels';
import { Renaming } from '../../reading/Renaming';
import { Copy, CopyRecord } from './Copy';
import { secondsSeen, wholeSlot } from './presence';
import { SeenInHour } from './SeenInHour';
import { getOrCreate, median } from '../../reading/collections';

interface ContainerRecord {
  identity: ContainerIdentity;
  /** By run, then by cgroup; run '' where the exporter names no cgroup. */
  runs: Map<string, Map<string, CopyRecord>>;
}

/** The runs of a container. */
export interface RunsOf<Run> {
  named: Run[];
  /** The same again, by exporters or paths that name no cgroup. */
  nameless?: Run;
}

/** What cAdvisor read of every container, by slots of five minutes. */
export class UsageTable {
  readonly #window: HourWindow;
  readonly #renaming: Renaming;
  readonly #containers = new Map<string, Map<string, ContainerRecord>>();
  /** Readings of a whole slot, by hour and by who reports. */
  readonly #usual = new Map<string, number>();

  /** Reads the answer to `usageQuery`. */
  static read(window: HourWindow, answer: PrometheusSeries[]): UsageTable {
    const renaming = Renaming.read(answer.map(({ labels }) => labels));
    const table = new UsageTable(window, renaming);
    for (const series of answer) {
      const copy = table.#copy(series.labels);
      copy?.add(window, series, series.labels[PART_LABEL]);
    }
    table.#learnPaces();
    return table;
  }

  private constructor(window: HourWindow, renaming: Renaming) {
    this.#window = window;
    this.#renaming = renaming;
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

  /** The runs of a container in an hour, each as the cgroups that report it. */
  runsOf(
    { namespace, pod, container }: ContainerIdentity,
    hour: number,
  ): RunsOf<Copy[]> {
    const runs = this.#containers
      .get(keyOf(namespace, pod))
      ?.get(container)?.runs;
    const copiesOf = (copies: Map<string, CopyRecord>) =>
      [...copies.values()].map(record => this.#copyOf(record, hour));
    const nameless = runs?.get('');
    return {
      named: [...(runs ?? [])]
        .filter(([run]) => run !== '')
        .map(([, copies]) => copiesOf(copies)),
      nameless: nameless && copiesOf(nameless),
    };
  }

  /** When any container was seen in an hour, and when those of each pod. */
  seenIn(hour: number): SeenInHour {
    const seen = SeenInHour.create();
    for (const containers of this.#containers.values()) {
      for (const { identity, runs } of containers.values()) {
        for (const record of recordsOf(runs)) {
          const { seconds } = this.#copyOf(record, hour);
          seen.add(identity.namespace, identity.pod, seconds);
        }
      }
    }
    return seen;
  }

  /** Only of its own hour, so that an hour is the same in whatever window it is asked. */
  #copyOf(record: CopyRecord, hour: number): Copy {
    const copy = record.hour(hour);
    const usual = this.#usual.get(keyOf(String(hour), record.origin));
    return { ...copy, seconds: secondsSeen(copy.seen, usual) };
  }

  #learnPaces(): void {
    const counts = new Map<string, number[]>();
    for (const record of this.#records()) {
      for (const hour of this.#window.indexes()) {
        const count = wholeSlot(record.hour(hour).seen);
        if (count !== undefined) {
          const key = keyOf(String(hour), record.origin);
          const known = counts.get(key) ?? [];
          counts.set(key, known);
          known.push(count);
        }
      }
    }
    for (const [key, whole] of counts) {
      this.#usual.set(key, median(whole)!);
    }
  }

  *#records(): Generator<CopyRecord> {
    for (const containers of this.#containers.values()) {
      for (const { runs } of containers.values()) {
        yield* recordsOf(runs);
      }
    }
  }

  #copy(labels: Record<string, string>): CopyRecord | undefined {
    const identity = this.#renaming.containerOf(labels);
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
      runs: new Map<string, Map<string, CopyRecord>>(),
    }));
    const { id = '', name = '' } = labels;
    const copies = getOrCreate(
      runs,
      runOf(id, name),
      () => new Map<string, CopyRecord>(),
    );
    return getOrCreate(copies, id || name, () =>
      CopyRecord.create(this.#window.slots),
    );
  }
}

function* recordsOf(runs: ContainerRecord['runs']): Generator<CopyRecord> {
  for (const copies of runs.values()) {
    yield* copies.values();
  }
}
