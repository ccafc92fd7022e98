import { KubeConfig } from '@kubernetes/client-node';
import { KubernetesApiError, KubernetesFailure } from './KubernetesApiError';
import { listPages } from './listPages';
import { Pause } from './Pause';
import { watchOnce } from './watchOnce';

/**
 * What a watch tells:
 *
 * - `listing`: what was told before no longer counts; all objects there are follow.
 * - `object`: it is there, as listed, added or changed.
 * - `listed`: those were all, as they were at that version. What was not told since
 *   `listing` is gone.
 * - `deleted`: it is gone; as it was last.
 * - `interrupted`: what happens is not known until `resumed`, or `listed` after
 *   another `listing`.
 *
 * @public
 */
export type WatchEvent<T> =
  | { type: 'listing' }
  | { type: 'object'; object: T }
  | { type: 'listed'; version: string }
  | { type: 'deleted'; object: T }
  | { type: 'interrupted'; error: KubernetesApiError }
  | { type: 'resumed' };

/** @internal */
export interface WatchOptions {
  /** Of the list. */
  path: string;
  /** What errors call it, e.g. `deployments`. */
  resource: string;
  query: Record<string, string>;
  signal: AbortSignal;
  /** Milliseconds within which an answer has to begin, and a page of a list to end. */
  timeoutMs: number;
  /** Objects of a page of the list; default: 500. */
  pageSize?: number;
  /**
   * Called when the API server has shown that all up to now was told: with each
   * event and bookmark, and when it ends a connection as it was asked to. That a
   * connection stands shows nothing: what is in between may be dead.
   */
  onHeard?: () => void;
}

/** Failures after which trying again helps. */
const PASSING: readonly KubernetesFailure[] = [
  'Expired',
  'Failed',
  'Timeout',
  'TooManyRequests',
  'Unreachable',
  'Unreadable',
];
/** A connection that ends sooner than this, without an event, counts as a failure. */
const SHORT_MS = 5000;

/** @internal */
export async function* watch<T>(
  kubeConfig: KubeConfig,
  options: WatchOptions,
): AsyncGenerator<WatchEvent<T>> {
  const { signal, onHeard } = options;
  const pause = Pause.create(signal);
  let version: string | undefined;
  let interrupted = false;
  for (;;) {
    const began = Date.now();
    try {
      if (version === undefined) {
        yield { type: 'listing' };
        version = yield* listAll<T>(kubeConfig, options);
        yield { type: 'listed', version };
        interrupted = false;
      }
      const events = watchOnce<T>(kubeConfig, { ...options, version });
      for await (const event of events) {
        if (interrupted) {
          interrupted = false;
          yield { type: 'resumed' };
        }
        if (event.type !== 'good') {
          pause.reset();
          version = event.version;
          onHeard?.();
        }
        if (event.type === 'object' || event.type === 'deleted') {
          yield { type: event.type, object: event.object };
        }
      }
      // It ended as the API server was asked to end it.
      if (Date.now() - began >= SHORT_MS) {
        pause.reset();
        onHeard?.();
      }
      await pause.unlessFirst();
    } catch (error) {
      signal.throwIfAborted();
      if (
        !(error instanceof KubernetesApiError) ||
        !PASSING.includes(error.failure)
      ) {
        throw error;
      }
      if (error.failure === 'Expired') {
        version = undefined;
        await pause.unlessFirst();
        continue;
      }
      interrupted = true;
      yield { type: 'interrupted', error };
      await pause.atLeast(error.retryAfterMs);
    }
  }
}

/** Yields all objects of one version, and returns that version. */
async function* listAll<T>(
  kubeConfig: KubeConfig,
  { path, resource, query, signal, timeoutMs, pageSize }: WatchOptions,
): AsyncGenerator<WatchEvent<T>, string> {
  const pages = listPages<T>(kubeConfig, path, resource, {
    signal,
    timeoutMs,
    query,
    pageSize,
    oneVersion: true,
  });
  let version: string | undefined;
  for await (const page of pages) {
    version = page.resourceVersion;
    for (const object of page.items) {
      yield { type: 'object', object };
    }
  }
  if (!version) {
    throw new KubernetesApiError(
      `The API server's list of ${resource} has no version to watch from`,
      { failure: 'Unreadable' },
    );
  }
  return version;
}
