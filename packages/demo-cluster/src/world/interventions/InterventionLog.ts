import { WorkloadSpec } from '../types';
import { ObjectPatch, ObjectRef } from './Intervention';

/** An intervention in one cluster, in the time of the world. */
export interface LogEntry {
  /** Seconds since the start of the world. */
  seconds: number;
  object: ObjectRef;
  patch: ObjectPatch;
}

const nameOf = (namespace: string | undefined, name: string) =>
  `${namespace ?? ''}/${name}`;

/** What was done to one cluster, in the order it was done. Time goes one way. */
export class InterventionLog {
  readonly #entries: LogEntry[] = [];
  readonly #byName = new Map<string, LogEntry[]>();

  get size(): number {
    return this.#entries.length;
  }

  /** When something was done last. */
  get last(): number {
    return this.#entries[this.#entries.length - 1]?.seconds ?? 0;
  }

  append(entry: LogEntry): void {
    this.#entries.push(entry);
    const key = nameOf(entry.object.namespace, entry.object.name);
    const known = this.#byName.get(key);
    if (known) {
      known.push(entry);
    } else {
      this.#byName.set(key, [entry]);
    }
  }

  /** Entries of objects of a name, whatever their kind, oldest first. */
  named(namespace: string | undefined, name: string): readonly LogEntry[] {
    return this.#byName.get(nameOf(namespace, name)) ?? [];
  }

  /** Entries that may change a workload: those of its name, and those of its namespace; oldest first. */
  concerning({ namespace, name }: WorkloadSpec): readonly LogEntry[] {
    if (this.#entries.length === 0) {
      return this.#entries;
    }
    const own = this.named(namespace, name);
    const around = this.named(undefined, namespace).filter(
      ({ object }) => object.kind === 'Namespace',
    );
    return around.length === 0
      ? own
      : [...own, ...around].sort((a, b) => a.seconds - b.seconds);
  }

  /** Entries of `[from, to)`, oldest first. */
  between(from: number, to: number): LogEntry[] {
    const first = this.#firstFrom(from);
    return this.#entries.slice(first, this.#firstFrom(to));
  }

  /** Labels and annotations that were set on an object by a moment; null where one was taken away. */
  metadataOf(
    {
      kind,
      namespace,
      name,
      uid,
    }: Omit<ObjectRef, 'cluster' | 'kind'> & {
      kind: string;
    },
    seconds: number,
  ): Required<Pick<ObjectPatch, 'labels' | 'annotations'>> | undefined {
    const mine = this.named(namespace, name).filter(
      ({ object, seconds: at }) =>
        at <= seconds &&
        object.kind === kind &&
        (object.uid === undefined || object.uid === uid),
    );
    return mine.length === 0
      ? undefined
      : {
          labels: Object.assign({}, ...mine.map(each => each.patch.labels)),
          annotations: Object.assign(
            {},
            ...mine.map(each => each.patch.annotations),
          ),
        };
  }

  /** Index of the first entry at or after a moment. */
  #firstFrom(seconds: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#entries[middle].seconds < seconds) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
