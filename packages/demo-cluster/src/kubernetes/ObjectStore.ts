import { expired, tooLargeResourceVersion } from './status';
import { KubeObject } from './types';

/** A change of one object. */
export interface Change {
  /** E.g. `apps/v1/deployments`. */
  kind: string;
  resourceVersion: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** The object after the change; for a deletion its last state, at the version of the deletion. */
  object: KubeObject;
  /** The object before the change, when there was one. */
  previous?: KubeObject;
  /** Milliseconds since 1970 at which it was seen. */
  at: number;
}

/** Objects by kind, each list complete: `apps/v1/deployments` → its objects. */
export type Inventory = Map<string, KubeObject[]>;

function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

interface Kept {
  object: KubeObject;
  /** The object without its version, as text: what it is compared by. */
  text: string;
}

/**
 * What the API server would have in etcd: the objects of an inventory that is
 * read again and again, a version for each change, and the changes of the last
 * minutes, from which any state in that time can be read.
 */
export class ObjectStore {
  readonly #read: () => Inventory;
  readonly #now: () => number;
  readonly #keepMs: number;
  readonly #done: () => number;
  readonly #kinds = new Map<string, Map<string, Kept>>();
  readonly #listeners = new Set<() => void>();
  #log: Change[] = [];
  #version: number;
  /** States before this version can't be read any more. */
  #compacted: number;
  #syncedAt = Number.NEGATIVE_INFINITY;
  #pauseMs = 0;
  #seen = 0;

  /**
   * @param read - the inventory as it is now
   * @param now - milliseconds since 1970
   * @param keepMs - how long changes are kept; like etcd's compaction five minutes
   * @param done - how often something was done to what is read
   */
  static create(options: {
    read: () => Inventory;
    now: () => number;
    keepMs?: number;
    done?: () => number;
  }): ObjectStore {
    return new ObjectStore(
      options.read,
      options.now,
      options.keepMs ?? 300_000,
      options.done ?? (() => 0),
    );
  }

  private constructor(
    read: () => Inventory,
    now: () => number,
    keepMs: number,
    done: () => number,
  ) {
    this.#read = read;
    this.#now = now;
    this.#keepMs = keepMs;
    this.#done = done;
    // Starts above what an earlier process can have reached, so that its versions are too old.
    this.#version = Math.floor(now() / 1000);
    this.#compacted = this.#version;
    this.sync();
    this.#compacted = this.#version;
    this.#log = [];
  }

  /** Version of the latest change. */
  get resourceVersion(): number {
    return this.#version;
  }

  /**
   * Takes over what has changed since the last time; at most once a second,
   * unless something was done to the world.
   */
  sync(): void {
    const now = this.#now();
    const done = this.#done();
    if (done === this.#seen && now - this.#syncedAt < this.#pauseMs) {
      return;
    }
    this.#seen = done;
    const began = performance.now();
    this.#syncedAt = now;
    const before = this.#version;
    for (const [kind, objects] of this.#read()) {
      this.#syncKind(kind, objects, now);
    }
    this.#forget(now - this.#keepMs);
    // A large world takes long to read: never spend more than a tenth of the time on it.
    this.#pauseMs = Math.max(1000, 10 * (performance.now() - began));
    if (this.#version !== before) {
      this.#listeners.forEach(listener => listener());
    }
  }

  /** Calls back after changes were taken over, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get(kind: string, namespace: string, name: string): KubeObject | undefined {
    return this.#kinds.get(kind)?.get(`${namespace}/${name}`)?.object;
  }

  /** Objects of a kind, in the order of namespace and name. */
  list(kind: string): KubeObject[] {
    return sorted(
      [...(this.#kinds.get(kind)?.values() ?? [])].map(kept => kept.object),
    );
  }

  /** Objects of a kind as they were at a version. Throws 410 when that is too long ago, 504 when it is yet to come. */
  listAt(kind: string, version: number): KubeObject[] {
    this.#check(
      version,
      'The resourceVersion for the provided list is too old.',
    );
    const objects = new Map(
      this.list(kind).map(object => [keyOf(object), object]),
    );
    const later = this.#log.filter(
      change => change.resourceVersion > version && change.kind === kind,
    );
    for (const change of later.reverse()) {
      if (change.previous) {
        objects.set(keyOf(change.object), change.previous);
      } else {
        objects.delete(keyOf(change.object));
      }
    }
    return sorted([...objects.values()]);
  }

  /** Changes of a kind after a version, oldest first. Throws like {@link listAt}. */
  changesAfter(kind: string, version: number): Change[] {
    this.#check(
      version,
      `too old resource version: ${version} (${this.#compacted})`,
    );
    return this.#log.filter(
      change => change.resourceVersion > version && change.kind === kind,
    );
  }

  #check(version: number, tooOld: string): void {
    if (version < this.#compacted) {
      throw expired(tooOld);
    }
    if (version > this.#version) {
      throw tooLargeResourceVersion(version, this.#version);
    }
  }

  #syncKind(kind: string, objects: KubeObject[], at: number): void {
    const known = this.#kinds.get(kind) ?? new Map<string, Kept>();
    this.#kinds.set(kind, known);
    const seen = new Set<string>();
    for (const object of objects) {
      const key = keyOf(object);
      const kept = known.get(key);
      const text = JSON.stringify(object);
      seen.add(key);
      if (kept && kept.object.metadata.uid !== object.metadata.uid) {
        // Deleted and made anew under the same name.
        this.#delete(kind, known, key, kept, at);
        this.#put(kind, known, key, { object, text }, at);
      } else if (kept?.text !== text) {
        this.#put(kind, known, key, { object, text }, at, kept?.object);
      }
    }
    for (const [key, kept] of known) {
      if (!seen.has(key)) {
        this.#delete(kind, known, key, kept, at);
      }
    }
  }

  #put(
    kind: string,
    known: Map<string, Kept>,
    key: string,
    { object, text }: Kept,
    at: number,
    previous?: KubeObject,
  ): void {
    const stamped = this.#stamp(object);
    known.set(key, { object: stamped, text });
    this.#append(kind, previous ? 'MODIFIED' : 'ADDED', stamped, at, previous);
  }

  #delete(
    kind: string,
    known: Map<string, Kept>,
    key: string,
    kept: Kept,
    at: number,
  ): void {
    known.delete(key);
    this.#append(kind, 'DELETED', this.#stamp(kept.object), at, kept.object);
  }

  #stamp(object: KubeObject): KubeObject {
    this.#version += 1;
    return {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.#version) },
    };
  }

  #append(
    kind: string,
    type: Change['type'],
    object: KubeObject,
    at: number,
    previous?: KubeObject,
  ): void {
    this.#log.push({
      kind,
      resourceVersion: this.#version,
      type,
      object,
      previous,
      at,
    });
  }

  #forget(before: number): void {
    const keep = this.#log.findIndex(change => change.at >= before);
    const gone = keep === -1 ? this.#log.length : keep;
    if (gone > 0) {
      this.#compacted = this.#log[gone - 1].resourceVersion;
      this.#log = this.#log.slice(gone);
    }
  }
}

function sorted(objects: KubeObject[]): KubeObject[] {
  const keys = new Map(objects.map(object => [object, keyOf(object)]));
  return objects.sort((a, b) => (keys.get(a)! < keys.get(b)! ? -1 : 1));
}
