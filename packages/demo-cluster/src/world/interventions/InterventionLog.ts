import { CreatedObjects } from '../creations/CreatedObjects';
import { scalerTarget } from '../creations/scalers';
import { WorkloadSpec } from '../types';
import { InterventionAuthor, ObjectPatch, ObjectRef } from './Intervention';

/** An intervention in one cluster, in the time of the world. */
export interface LogEntry {
  /** Seconds since the start of the world. */
  seconds: number;
  object: ObjectRef;
  patch: ObjectPatch;
  by?: InterventionAuthor;
}

/** An object, whatever its kind. */
export type LoggedObject = Omit<ObjectRef, 'cluster' | 'kind'> & {
  kind: string;
};

const NOTHING: readonly LogEntry[] = [];

/** What was done to one cluster, in the order it was done. Time goes one way. */
export class InterventionLog {
  readonly #entries: LogEntry[] = [];
  /** Where each entry is, for those of one second. */
  readonly #places = new Map<LogEntry, number>();
  /** By name, then by namespace: asked for every object, so that no key is made of both. */
  readonly #byName = new Map<string, Map<string, LogEntry[]>>();
  /** Entries of autoscalers that are called otherwise than what they scale, by that: `namespace/name`. */
  readonly #byTarget = new Map<string, LogEntry[]>();
  /** What was made from outside. */
  readonly created = new CreatedObjects();

  get size(): number {
    return this.#entries.length;
  }

  /** When something was done last. */
  get last(): number {
    return this.#entries[this.#entries.length - 1]?.seconds ?? 0;
  }

  append(entry: LogEntry): void {
    this.#places.set(entry, this.#entries.length);
    this.#entries.push(entry);
    this.#noteTarget(entry);
    this.created.append(entry);
    const { namespace = '', name } = entry.object;
    const alike = this.#byName.get(name) ?? new Map<string, LogEntry[]>();
    this.#byName.set(name, alike);
    const known = alike.get(namespace);
    if (known) {
      known.push(entry);
    } else {
      alike.set(namespace, [entry]);
    }
  }

  /** Entries of objects of a name, whatever their kind, oldest first. */
  named(namespace: string | undefined, name: string): readonly LogEntry[] {
    return this.#byName.get(name)?.get(namespace ?? '') ?? NOTHING;
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
    const scalers = this.#byTarget.get(`${namespace}/${name}`) ?? NOTHING;
    return around.length === 0 && scalers.length === 0
      ? own
      : [...own, ...around, ...scalers].sort(
          (a, b) => this.#places.get(a)! - this.#places.get(b)!,
        );
  }

  /** What scaled a workload before an entry, or does since, is changed by it. */
  #noteTarget(entry: LogEntry): void {
    const { object, patch, seconds } = entry;
    const { kind, namespace = '', name } = object;
    const before = this.created.find(object, seconds);
    const after = patch.manifest && { kind, name, manifest: patch.manifest };
    const targets = [before, after].flatMap(each =>
      each ? scalerTarget(each)?.name ?? [] : [],
    );
    for (const target of new Set(targets)) {
      if (target !== name) {
        const key = `${namespace}/${target}`;
        this.#byTarget.set(key, [...(this.#byTarget.get(key) ?? []), entry]);
      }
    }
  }

  /** How many entries are from before a moment. */
  countBefore(seconds: number): number {
    return this.#firstFrom(seconds);
  }

  /** Entries of `[from, to)`, oldest first. */
  between(from: number, to: number): LogEntry[] {
    const first = this.#firstFrom(from);
    return this.#entries.slice(first, this.#firstFrom(to));
  }

  /** What was done to an object by a moment, oldest first. */
  doneTo(
    { kind, namespace, name, uid }: LoggedObject,
    seconds: number,
  ): LogEntry[] {
    return this.named(namespace, name).filter(
      ({ object, seconds: at }) =>
        at <= seconds &&
        object.kind === kind &&
        (object.uid === undefined || object.uid === uid),
    );
  }

  /** Labels and annotations that were set on an object by a moment; null where one was taken away. */
  metadataOf(
    object: LoggedObject,
    seconds: number,
  ): Required<Pick<ObjectPatch, 'labels' | 'annotations'>> | undefined {
    const mine = this.doneTo(object, seconds);
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
