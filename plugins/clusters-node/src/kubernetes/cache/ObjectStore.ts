import { isOlder } from '../client/resourceVersions';
import { CachedObject } from './CacheState';

type Named = Pick<CachedObject<unknown>, 'namespace' | 'name'>;

/** Objects by namespace and name, without a text of its own for each. */
class NameIndex<T> {
  readonly #namespaces = new Map<string, Map<string, CachedObject<T>>>();

  get({ namespace, name }: Named): CachedObject<T> | undefined {
    return this.#namespaces.get(namespace)?.get(name);
  }

  set(object: CachedObject<T>): void {
    const names = this.#namespaces.get(object.namespace);
    if (names) {
      names.set(object.name, object);
    } else {
      this.#namespaces.set(object.namespace, new Map([[object.name, object]]));
    }
  }

  delete({ namespace, name }: Named): void {
    const names = this.#namespaces.get(namespace);
    names?.delete(name);
    if (names?.size === 0) {
      this.#namespaces.delete(namespace);
    }
  }
}

/**
 * Objects by namespace and name, and by uid. A list that is being read is kept apart
 * until it is whole, so that half of one is never taken for all.
 *
 * @internal
 */
export class ObjectStore<T> {
  #byUid = new Map<string, CachedObject<T>>();
  #byName = new NameIndex<T>();
  #listing: Map<string, CachedObject<T>> | undefined;
  /** What was put here and not yet told by the API server: uids. */
  readonly #put = new Set<string>();
  /** The API server told all up to this version. */
  #told: string | undefined;
  #all: ReadonlyArray<CachedObject<T>> | undefined;

  static create<T>(): ObjectStore<T> {
    return new ObjectStore();
  }

  private constructor() {}

  get size(): number {
    return this.#byUid.size;
  }

  /** All objects; the same array until something changes. */
  get all(): ReadonlyArray<CachedObject<T>> {
    this.#all ??= Object.freeze([...this.#byUid.values()]);
    return this.#all;
  }

  byUid(uid: string): CachedObject<T> | undefined {
    return this.#byUid.get(uid);
  }

  byName(namespace: string, name: string): CachedObject<T> | undefined {
    return this.#byName.get({ namespace, name });
  }

  /** Whether the API server has told what there was at this version. */
  hasTold(resourceVersion: string): boolean {
    return (
      this.#told !== undefined && isOlder(this.#told, resourceVersion) === false
    );
  }

  /** A list begins. What is held stays until it is whole. */
  beginList(): void {
    this.#listing = new Map();
  }

  /** A list was not read to its end. */
  dropList(): void {
    this.#listing = undefined;
  }

  /** The list was whole, and of this version. */
  endList(version: string): void {
    const before = this.#byUid;
    this.#byUid = this.#listing ?? new Map<string, CachedObject<T>>();
    this.#byName = new NameIndex();
    this.#byUid.forEach(object => this.#byName.set(object));
    this.#listing = undefined;
    for (const uid of [...this.#put]) {
      const put = before.get(uid);
      const other = this.#byUid.get(uid);
      if (!put || isOlder(version, put.resourceVersion) !== true) {
        this.#put.delete(uid);
      } else if (
        !other ||
        isOlder(other.resourceVersion, put.resourceVersion)
      ) {
        this.#set(put);
      }
    }
    this.#told = version;
    this.#all = undefined;
  }

  /**
   * Takes what the API server told, unless what is held is newer.
   *
   * @param make - makes what is kept; not called for a version that is held already
   */
  take(
    uid: string,
    resourceVersion: string,
    make: () => CachedObject<T> | undefined,
  ): void {
    const held = this.#byUid.get(uid);
    const same = held?.resourceVersion === resourceVersion ? held : undefined;
    if (this.#listing) {
      const object = same ?? make();
      if (object) {
        this.#listing.set(uid, object);
      }
      return;
    }
    this.#told = resourceVersion;
    if (held && isOlder(resourceVersion, held.resourceVersion)) {
      return;
    }
    this.#put.delete(uid);
    if (same) {
      return;
    }
    const object = make();
    const inItsPlace = object && this.#byName.get(object);
    if (!object) {
      this.#delete(uid);
    } else if (
      !inItsPlace ||
      !isOlder(resourceVersion, inItsPlace.resourceVersion)
    ) {
      this.#set(object);
    }
  }

  /**
   * Takes what a write answered, unless what is held is newer, or the API server
   * has told since that it is gone.
   *
   * @returns whether it was taken
   */
  put(object: CachedObject<T>): boolean {
    const { uid, resourceVersion } = object;
    const held = this.#byUid.get(uid);
    const stays = held
      ? isOlder(held.resourceVersion, resourceVersion) === false
      : this.hasTold(resourceVersion);
    if (stays) {
      return false;
    }
    this.#set(object);
    this.#put.add(uid);
    return true;
  }

  /** The API server told that it is gone. */
  remove(uid: string, resourceVersion: string): void {
    this.#told = resourceVersion;
    this.#delete(uid);
  }

  /** There is none at all, which is known. */
  clear(): void {
    this.#listing = undefined;
    this.#byUid = new Map();
    this.#byName = new NameIndex();
    this.#put.clear();
    this.#told = undefined;
    this.#all = undefined;
  }

  #set(object: CachedObject<T>): void {
    const before = this.#byName.get(object);
    if (before && before.uid !== object.uid) {
      this.#byUid.delete(before.uid);
      this.#put.delete(before.uid);
    }
    this.#byUid.set(object.uid, object);
    this.#byName.set(object);
    this.#all = undefined;
  }

  #delete(uid: string): void {
    const held = this.#byUid.get(uid);
    if (held) {
      this.#byUid.delete(uid);
      this.#put.delete(uid);
      if (this.#byName.get(held)?.uid === uid) {
        this.#byName.delete(held);
      }
      this.#all = undefined;
    }
  }
}
