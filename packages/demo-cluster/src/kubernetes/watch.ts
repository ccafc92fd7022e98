import { ListOptions } from './listOptions';
import { Change, ObjectStore } from './ObjectStore';
import { ResourceRequest } from './request';
import { apiVersionOf } from './resources';
import { StatusError } from './status';
import { KubeObject } from './types';

/** One line of a watch. */
export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: unknown;
}

/** How often a watch that asked for bookmarks gets one, at most. */
const BOOKMARK_MS = 30_000;
/** An API server ends a watch after half an hour to an hour. */
const DEFAULT_TIMEOUT_SECONDS = 1800;

/**
 * A watch of one kind: first what exists, when that was asked for, then what
 * changes, until its time is up or `close` is called.
 */
export class Watcher {
  readonly #store: ObjectStore;
  readonly #request: ResourceRequest;
  readonly #options: ListOptions;
  readonly #send: (event: WatchEvent) => void;
  readonly #onEnd: () => void;
  readonly #kind: string;
  /** Everything up to this version has been sent. */
  #seen = 0;
  /** The watcher knows that it has seen everything up to this version. */
  #told = 0;
  #unsubscribe: () => void = () => {};
  #timers: NodeJS.Timeout[] = [];
  #ended = false;

  static start(options: {
    store: ObjectStore;
    request: ResourceRequest;
    options: ListOptions;
    send: (event: WatchEvent) => void;
    /** Called once, when no more events come. */
    onEnd: () => void;
  }): Watcher {
    const watcher = new Watcher(options);
    watcher.#start();
    return watcher;
  }

  private constructor(options: Parameters<typeof Watcher.start>[0]) {
    this.#store = options.store;
    this.#request = options.request;
    this.#options = options.options;
    this.#send = options.send;
    this.#onEnd = options.onEnd;
    const { resource } = options.request;
    this.#kind = `${apiVersionOf(resource)}/${resource.plural}`;
  }

  /** Ends the watch without a word. */
  close(): void {
    if (!this.#ended) {
      this.#ended = true;
      this.#unsubscribe();
      this.#timers.forEach(timer => clearTimeout(timer));
      this.#onEnd();
    }
  }

  #start(): void {
    try {
      this.#sendState();
      this.#sendChanges();
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#unsubscribe = this.#store.subscribe(() => {
      try {
        this.#sendChanges();
      } catch (error) {
        this.#fail(error);
      }
    });
    const seconds = this.#options.timeoutSeconds || DEFAULT_TIMEOUT_SECONDS;
    const end = setTimeout(() => {
      this.#bookmark();
      this.close();
    }, Math.min(seconds * 1000, 2 ** 31 - 1));
    const bookmarks = setInterval(() => this.#bookmark(), BOOKMARK_MS);
    this.#timers = [end, bookmarks];
  }

  /** What exists, as additions, when the watch begins without a version or asks for it. */
  #sendState(): void {
    const { resourceVersion, sendInitialEvents } = this.#options;
    const current = this.#store.resourceVersion;
    if (!(sendInitialEvents ?? !resourceVersion)) {
      this.#seen = resourceVersion || current;
      this.#told = this.#seen;
      return;
    }
    this.#seen = current;
    for (const object of this.#store.list(this.#kind)) {
      if (this.#selects(object)) {
        this.#send({ type: 'ADDED', object });
      }
    }
    if (sendInitialEvents) {
      this.#bookmark({ 'k8s.io/initial-events-end': 'true' });
    }
  }

  #sendChanges(): void {
    for (const change of this.#store.changesAfter(this.#kind, this.#seen)) {
      const event = this.#eventOf(change);
      if (event) {
        this.#send(event);
      }
    }
    this.#seen = this.#store.resourceVersion;
  }

  /** An object that comes into or leaves the selection is added or deleted for this watch. */
  #eventOf({
    type,
    object,
    previous,
    ...rest
  }: Change): WatchEvent | undefined {
    const before = previous !== undefined && this.#selects(previous);
    if (type === 'DELETED') {
      return before ? { type, object } : undefined;
    }
    const after = this.#selects(object);
    if (after) {
      return { type: before ? 'MODIFIED' : 'ADDED', object };
    }
    return before
      ? {
          type: 'DELETED',
          object: {
            ...previous,
            metadata: {
              ...previous!.metadata,
              resourceVersion: String(rest.resourceVersion),
            },
          },
        }
      : undefined;
  }

  #selects(object: KubeObject): boolean {
    const { namespace } = this.#request;
    return (
      (namespace === undefined || object.metadata.namespace === namespace) &&
      this.#options.selects(object)
    );
  }

  #bookmark(annotations?: Record<string, string>): void {
    const isNews = this.#seen > this.#told || annotations;
    if (!this.#options.allowWatchBookmarks || this.#ended || !isNews) {
      return;
    }
    this.#told = this.#seen;
    const { resource } = this.#request;
    this.#send({
      type: 'BOOKMARK',
      object: {
        kind: resource.kind,
        apiVersion: apiVersionOf(resource),
        metadata: {
          resourceVersion: String(this.#seen),
          ...(annotations && { annotations }),
        },
      },
    });
  }

  /** A version that is too old is said in the stream, as the API server does. */
  #fail(error: unknown): void {
    if (!(error instanceof StatusError)) {
      this.close();
      throw error;
    }
    this.#send({ type: 'ERROR', object: error.status });
    this.close();
  }
}
