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
 * - `listed`: those were all. What was not told since `listing` is gone.
 * - `deleted`: it is gone; as it was last.
 * - `interrupted`: what happens is not known until `resumed`, or `listed` after
 *   another `listing`.
 *
 * @public
 */
export type WatchEvent<T> =
  | { type: 'listing' }
  | { type: 'object'; object: T }
  | { type: 'listed' }
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
  const { signal } = options;
  const pause = Pause.create(signal);
  let version: string | undefined;
  let interrupted = false;
  for (;;) {
    const began = Date.now();
    try {
      if (version === undefined) {
        yield { type: 'listing' };
        version = yield* listAll<T>(kubeConfig, options);
        yield { type: 'listed' };
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
        }
        if (event.type === 'object' || event.type === 'deleted') {
          yield { type: event.type, object: event.object };
        }
      }
      // It ended as the API server was asked to end it.
      if (Date.now() - began >= SHORT_MS) {
        pause.reset();
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
  { path, resource, query, signal, timeoutMs }: WatchOptions,
): AsyncGenerator<WatchEvent<T>, string> {
  const pages = listPages<T>(kubeConfig, path, resource, {
    signal,
    timeoutMs,
    query,
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
