import { setTimeout as sleep } from 'node:timers/promises';
import { KubernetesApiError } from '../client/KubernetesApiError';
import {
  KubernetesReader,
  KubernetesSelection,
} from '../client/KubernetesReader';
import { WatchEvent } from '../client/watch';
import { AwaitedWrites } from './AwaitedWrites';
import {
  CachedKind,
  CachedObject,
  CacheProblem,
  CacheState,
  UnreadableObject,
} from './CacheState';
import { Changes } from './Changes';
import { isRefusal, isSettled, problemOf, relisting } from './cacheProblems';
import { AwaitedWrite } from './ClusterCache';
import { Identified, identify } from './identify';
import { ObjectStore } from './ObjectStore';
import { waitAmong } from './waiting';

/** @public */
export interface ObjectCacheOptions<T> {
  reader: KubernetesReader;
  kind: CachedKind;
  /** All namespaces and labels when absent. */
  selection?: KubernetesSelection;
  /**
   * What is kept of an object, which decides what a cache takes. What it throws for
   * one object makes that one unreadable, and no other.
   */
  project: (object: unknown) => T;
  /** Lists of caches that share it are read one after the other. */
  turns?: { take(): Promise<() => void> };
  /** Called with a sentence when something fails for long, and when it no longer does. */
  log?: (sentence: string) => void;
  /** Milliseconds until what is refused is tried again. Default: one minute. */
  refusedMs?: number;
  /** Milliseconds until a kind that is not served is asked for again. Default: two minutes. */
  notServedMs?: number;
  /** The system's clock; default: `Date.now`. */
  now?: () => number;
  /** Milliseconds of a clock that is never set; default: `performance.now`. */
  elapsed?: () => number;
}

/** Objects of a page. Those of a kind may have twice their size of managed fields. */
const PAGE_SIZE = 200;
/** Changes within so long are told once. */
const QUIET_MS = 500;
const REFUSED_MS = 60_000;
const NOT_SERVED_MS = 120_000;

/**
 * The objects of one kind in one cluster, followed by one watch for all who want
 * them. It keeps what `project` makes of an object and nothing else.
 *
 * What is held is replaced when a new list was read to its end, so half a list is
 * never seen. It goes on through connections that break, bookmarks, and versions
 * that are too old; what is refused or not served is asked for again slowly.
 *
 * @public
 */
export class ObjectCache<T> {
  readonly #options: ObjectCacheOptions<T>;
  readonly #store = ObjectStore.create<T>();
  #unreadable = new Map<string, UnreadableObject>();
  /** Those of a list that is being read. */
  #unreadableListed: Map<string, UnreadableObject> | undefined;
  readonly #awaited = AwaitedWrites.create();
  readonly #changes = Changes.create({ quietMs: QUIET_MS });
  readonly #waiting = new Set<() => void>();
  #state: CacheState;
  /** On the clock that is never set: up to when the API server told all. */
  #heardAt: number | undefined;
  /** On the same clock: when the list that is being read was begun. */
  #listingAt = 0;
  #endTurn = () => {};
  #started = false;

  static create<T>(options: ObjectCacheOptions<T>): ObjectCache<T> {
    return new ObjectCache(options);
  }

  private constructor(options: ObjectCacheOptions<T>) {
    this.#options = options;
    this.#state = { state: 'loading', since: this.#at() };
  }

  get kind(): CachedKind {
    return this.#options.kind;
  }

  get state(): CacheState {
    return this.#state;
  }

  get size(): number {
    return this.#store.size;
  }

  /** All that are held; the same array until one changes. */
  get objects(): ReadonlyArray<CachedObject<T>> {
    return this.#store.all;
  }

  /** Objects that `project` could not take; they are not among the others. */
  get unreadable(): readonly UnreadableObject[] {
    return [...this.#unreadable.values()];
  }

  /** Uids of objects that were written and are not held as they are by now. */
  get behind(): Iterable<string> {
    return this.#awaited.uids;
  }

  /**
   * Milliseconds since the API server last said something, be it that nothing
   * changed; undefined when it never did.
   */
  get ageMs(): number | undefined {
    return this.#heardAt === undefined
      ? undefined
      : this.#elapsed() - this.#heardAt;
  }

  byName(namespace: string, name: string): CachedObject<T> | undefined {
    return this.#store.byName(namespace, name);
  }

  byUid(uid: string): CachedObject<T> | undefined {
    return this.#store.byUid(uid);
  }

  /** Begins to follow, until the signal aborts. A second call does nothing. */
  start(signal: AbortSignal): void {
    if (!this.#started) {
      this.#started = true;
      // It handles all that fails; what it throws is the abort.
      this.#follow(signal).catch(() => {});
    }
  }

  /**
   * Waits until all objects are held, or it is known why they aren't.
   *
   * @throws the signal's reason when it aborts.
   */
  async ready({ signal }: { signal: AbortSignal }): Promise<void> {
    if (!isSettled(this.#state)) {
      await waitAmong(this.#waiting, signal);
    }
  }

  /** See {@link ClusterCache.put}. */
  put(object: unknown): void {
    const identified = identify(object);
    if (!identified) {
      return;
    }
    const made = this.#make(identified, object);
    if (made && this.#store.put(made)) {
      this.#awaited.came(made.uid, made.resourceVersion);
      this.#changes.tell();
    }
  }

  /** See {@link ClusterCache.expect}. */
  expect(write: AwaitedWrite): void {
    const held = this.#store.byUid(write.uid)?.resourceVersion;
    if (held !== undefined || !this.#store.hasTold(write.resourceVersion)) {
      this.#awaited.add(write, held);
    }
  }

  /** See {@link ClusterCache.caughtUp}. */
  async caughtUp(
    write: AwaitedWrite,
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    this.expect(write);
    await this.#awaited.wait(write.uid, signal);
  }

  /** See {@link ClusterCache.onChange}. */
  onChange(listener: () => void): () => void {
    return this.#changes.listen(listener);
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { reader, kind, selection, refusedMs, notServedMs } = this.#options;
    for (;;) {
      try {
        const events = reader.watch<unknown>(kind, {
          ...selection,
          signal,
          pageSize: PAGE_SIZE,
          onHeard: () => this.#heard(this.#elapsed()),
        });
        for await (const event of events) {
          this.#take(event);
          if (event.type === 'listing') {
            // Nothing is asked for before the next event is wanted.
            await this.#beginTurn();
          }
        }
      } catch (error) {
        signal.throwIfAborted();
        this.#fail(error);
      } finally {
        this.#endTurn();
      }
      const pauseMs =
        this.#state.state === 'notServed'
          ? notServedMs ?? NOT_SERVED_MS
          : refusedMs ?? REFUSED_MS;
      await sleep(pauseMs, undefined, { signal });
    }
  }

  async #beginTurn(): Promise<void> {
    this.#endTurn();
    this.#endTurn = (await this.#options.turns?.take()) ?? (() => {});
    this.#listingAt = this.#elapsed();
  }

  #take(event: WatchEvent<unknown>): void {
    switch (event.type) {
      case 'listing':
        this.#store.beginList();
        this.#unreadableListed = new Map();
        if (this.#state.state === 'current') {
          this.#interrupt(relisting(this.kind));
        }
        break;
      case 'object':
        this.#takeObject(event.object);
        break;
      case 'listed':
        this.#endList(event.version);
        break;
      case 'deleted':
        this.#remove(event.object);
        break;
      case 'resumed':
        this.#enter({ state: 'current', since: this.#at() });
        break;
      default:
        this.#store.dropList();
        this.#unreadableListed = undefined;
        this.#endTurn();
        this.#interrupt(problemOf(event.error));
    }
  }

  #takeObject(object: unknown): void {
    const identified = identify(object);
    if (!identified) {
      // No API server has objects without a name and a uid.
      throw new KubernetesApiError(
        `One of the ${this.kind.resource} has neither a name nor a uid`,
        { failure: 'Unreadable' },
      );
    }
    const { uid, resourceVersion } = identified;
    this.#store.take(uid, resourceVersion, () =>
      this.#make(identified, object),
    );
    if (!this.#unreadableListed) {
      this.#awaited.came(uid, resourceVersion);
      this.#changes.tell();
    }
  }

  #endList(version: string): void {
    this.#store.endList(version);
    this.#unreadable = this.#unreadableListed ?? new Map();
    this.#unreadableListed = undefined;
    this.#endTurn();
    this.#awaited.listed(version);
    // All pages are of the version that the first one had.
    this.#heard(this.#listingAt);
    this.#enter({ state: 'current', since: this.#at() });
  }

  #remove(object: unknown): void {
    const identified = identify(object);
    if (identified) {
      const { uid, resourceVersion } = identified;
      this.#store.remove(uid, resourceVersion);
      this.#unreadable.delete(uid);
      this.#awaited.gone(uid);
      this.#changes.tell();
    }
  }

  #make(identified: Identified, object: unknown): CachedObject<T> | undefined {
    const { uid, namespace, name } = identified;
    const unreadable = this.#unreadableListed ?? this.#unreadable;
    try {
      const value = this.#options.project(object);
      unreadable.delete(uid);
      return { ...identified, value };
    } catch {
      unreadable.set(uid, { uid, namespace, name });
      return undefined;
    }
  }

  /** What ends a watch for good, or for long. */
  #fail(error: unknown): void {
    this.#store.dropList();
    this.#unreadableListed = undefined;
    const { kind } = this;
    const problem = problemOf(error);
    if (!(error instanceof KubernetesApiError)) {
      this.#options.log?.(`Following the ${kind.resource} failed: ${error}`);
    }
    if (problem.failure === 'NotServed' && kind.optional) {
      this.#store.clear();
      this.#unreadable.clear();
      [...this.#awaited.uids].forEach(uid => this.#awaited.gone(uid));
      this.#heard(this.#elapsed());
      this.#enter({ state: 'notServed', since: this.#at() });
    } else if (isRefusal(problem)) {
      const { group, resource } = kind;
      const permission = {
        group,
        resource,
        verbs: ['list', 'watch'],
      } as const;
      this.#enter({
        state: 'refused',
        since: this.#at(),
        problem,
        permission,
      });
    } else {
      this.#interrupt(problem);
    }
  }

  #interrupt(problem: CacheProblem): void {
    this.#enter({
      state: this.#heardAt === undefined ? 'loading' : 'interrupted',
      since: this.#at(),
      problem,
    });
  }

  /** Into a state, which lasts since it was entered first. */
  #enter(next: CacheState): void {
    const before = this.#state;
    this.#state =
      before.state === next.state ? { ...next, since: before.since } : next;
    if (before.state !== next.state) {
      this.#say(before, next);
    }
    if (isSettled(this.#state)) {
      this.#waiting.forEach(resolve => resolve());
      this.#waiting.clear();
    }
    this.#changes.tell();
  }

  #say(before: CacheState, next: CacheState): void {
    const { log, refusedMs } = this.#options;
    const { resource } = this.kind;
    if (next.state === 'refused') {
      const { group, verbs } = next.permission;
      const name = group ? `${resource}.${group}` : resource;
      const seconds = (refusedMs ?? REFUSED_MS) / 1000;
      log?.(
        `${
          next.problem.message
        }. Nothing is done where the ${resource} are not known; allow the account to ${verbs.join(
          ' and ',
        )} ${name}. It is tried again every ${seconds} s.`,
      );
    } else if (before.state === 'refused') {
      log?.(`The account may read the ${resource} again.`);
    }
  }

  #heard(at: number): void {
    this.#heardAt = Math.max(at, this.#heardAt ?? -Infinity);
  }

  #elapsed(): number {
    return (this.#options.elapsed ?? (() => performance.now()))();
  }

  #at(): string {
    return new Date((this.#options.now ?? Date.now)()).toISOString();
  }
}
