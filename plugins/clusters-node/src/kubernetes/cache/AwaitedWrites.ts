import { isOlder } from '../client/resourceVersions';
import { AwaitedWrite } from './ClusterCache';
import { waitAmong } from './waiting';

/** Writes that a cache has not caught up with, and who waits for it. @internal */
export class AwaitedWrites {
  readonly #awaited = new Map<
    string,
    { resourceVersion: string; waiters: Set<() => void> }
  >();

  static create(): AwaitedWrites {
    return new AwaitedWrites();
  }

  private constructor() {}

  get uids(): Iterable<string> {
    return this.#awaited.keys();
  }

  get size(): number {
    return this.#awaited.size;
  }

  /** @param held - the version that is held of the object; undefined = none. */
  add({ uid, resourceVersion }: AwaitedWrite, held: string | undefined): void {
    if (held !== undefined && reaches(held, resourceVersion)) {
      return;
    }
    const awaited = this.#awaited.get(uid);
    if (!awaited) {
      this.#awaited.set(uid, { resourceVersion, waiters: new Set() });
    } else if (isOlder(awaited.resourceVersion, resourceVersion) !== false) {
      awaited.resourceVersion = resourceVersion;
    }
  }

  /** The cache holds this version of the object, which it was told of or that a list had. */
  came(uid: string, resourceVersion: string): void {
    const awaited = this.#awaited.get(uid);
    if (awaited && reaches(resourceVersion, awaited.resourceVersion)) {
      this.gone(uid);
    }
  }

  /** The object is gone, so that nothing is to be waited for. */
  gone(uid: string): void {
    const awaited = this.#awaited.get(uid);
    this.#awaited.delete(uid);
    awaited?.waiters.forEach(resolve => resolve());
  }

  /** A list of this version was read to its end: what was written before is held. */
  listed(version: string): void {
    for (const [uid, { resourceVersion }] of [...this.#awaited]) {
      if (isOlder(version, resourceVersion) !== true) {
        this.gone(uid);
      }
    }
  }

  /** @throws the signal's reason when it aborts. */
  async wait(uid: string, signal: AbortSignal): Promise<void> {
    const awaited = this.#awaited.get(uid);
    if (awaited) {
      await waitAmong(awaited.waiters, signal);
    }
  }
}

/** Versions that can't be compared are met by the same one, or by a list. */
function reaches(held: string, awaited: string): boolean {
  return isOlder(held, awaited) === false;
}
