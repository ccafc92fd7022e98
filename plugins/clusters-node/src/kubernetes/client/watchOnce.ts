import { KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { parseBounded } from '../../http/parseBounded';
import { parseRetryAfter } from '../../http/retry';
import { BYTES_PER_OBJECT, MAX_BODY_BYTES } from './ask';
import { send } from './connection';
import {
  apiStatusError,
  Asked,
  connectionError,
  timeoutError,
} from './failures';
import { KubernetesApiError } from './KubernetesApiError';
import { WatchOptions } from './watch';

/** The API server is asked to end a watch after so long, so that a dead connection is found out. */
const WATCH_SECONDS = 120;

/** A connection is good with its first event, or when it was not ended for so long. */
const GOOD_AFTER_MS = 1000;

/** What one connection tells; `version` is where the next one goes on. @internal */
export type ConnectionEvent<T> =
  | { type: 'good' }
  | { type: 'bookmark'; version: string }
  | { type: 'object' | 'deleted'; object: T; version: string };

const eventSchema = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK']),
  object: z.looseObject({
    metadata: z.looseObject({ resourceVersion: z.string().min(1) }),
  }),
});

const errorSchema = z.object({
  type: z.literal('ERROR'),
  object: z.looseObject({ code: z.number().optional().catch(undefined) }),
});

const TYPES = {
  ADDED: 'object',
  MODIFIED: 'object',
  DELETED: 'deleted',
} as const;

/**
 * One connection of a watch, until the API server ends it.
 *
 * @param options.version - what happened after it is told
 * @throws {@link KubernetesApiError}: `Expired` when the version is too old,
 * `Unreachable` when the connection breaks; the signal's reason when it aborts.
 * @internal
 */
export async function* watchOnce<T>(
  kubeConfig: KubeConfig,
  options: WatchOptions & { version: string },
): AsyncGenerator<ConnectionEvent<T>> {
  const { path, resource, query, version, signal, timeoutMs } = options;
  const asked: Asked = {
    what: `${resource} of cluster ${kubeConfig.getCurrentCluster()?.name}`,
    verb: 'watch',
  };
  const parameters = new URLSearchParams({
    ...query,
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: version,
    timeoutSeconds: String(WATCH_SECONDS),
  });
  const deadline = new AbortController();
  const stopAfter = (ms: number) =>
    setTimeout(() => deadline.abort(), ms).unref();
  let timer = stopAfter(timeoutMs);
  try {
    const { response, signedIn } = await send(
      kubeConfig,
      { method: 'GET', path: `${path}?${parameters}` },
      AbortSignal.any([signal, deadline.signal]),
    );
    const lines = linesOf(response as AsyncIterable<Buffer>, asked);
    const status = response.statusCode ?? 0;
    if (status !== 200) {
      const { value } = await lines.next();
      const retryAfter = response.headers['retry-after'] ?? null;
      throw apiStatusError(asked, {
        status,
        body: value && parseBounded(value, BYTES_PER_OBJECT)?.json,
        signedIn,
        retryAfterMs: parseRetryAfter(retryAfter, Date.now()),
      });
    }
    clearTimeout(timer);
    timer = stopAfter(WATCH_SECONDS * 1000 + timeoutMs);
    // A version that is too old is said by what would be the first event.
    const first = lines.next();
    if (await isQuiet(first, GOOD_AFTER_MS)) {
      yield { type: 'good' };
    }
    for (let next = await first; !next.done; next = await lines.next()) {
      yield eventOf<T>(next.value, asked);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KubernetesApiError) {
      throw error;
    }
    throw deadline.signal.aborted
      ? timeoutError(asked, timeoutMs)
      : connectionError(asked, error);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether nothing came over the connection for that long. */
async function isQuiet(
  coming: Promise<unknown>,
  quietMs: number,
): Promise<boolean> {
  const stop = new AbortController();
  const quiet = sleep(quietMs, true, { signal: stop.signal }).catch(
    () => false,
  );
  const came = coming.then(
    () => false,
    () => false,
  );
  try {
    return await Promise.race([came, quiet]);
  } finally {
    stop.abort();
  }
}

/** Lines that are not empty; a line longer than an answer may be is an error. */
async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  { what }: Asked,
): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let bytes = 0;
  const take = (part: Buffer) => {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) {
      throw new KubernetesApiError(
        `The API server told more than ${
          MAX_BODY_BYTES / 2 ** 20
        } MiB of one of the ${what}`,
        { failure: 'TooLarge' },
      );
    }
    parts.push(part);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (
      let end = chunk.indexOf('\n');
      end >= 0;
      end = chunk.indexOf('\n', from)
    ) {
      take(chunk.subarray(from, end));
      if (bytes > 0) {
        yield Buffer.concat(parts);
      }
      parts = [];
      bytes = 0;
      from = end + 1;
    }
    take(chunk.subarray(from));
  }
  if (bytes > 0) {
    yield Buffer.concat(parts);
  }
}

function eventOf<T>(line: Buffer, asked: Asked): ConnectionEvent<T> {
  const json = parseBounded(line, BYTES_PER_OBJECT)?.json;
  const event = eventSchema.safeParse(json).data;
  if (event) {
    const { type, object } = event;
    const version = object.metadata.resourceVersion;
    return type === 'BOOKMARK'
      ? { type: 'bookmark', version }
      : { type: TYPES[type], object: object as T, version };
  }
  const error = errorSchema.safeParse(json).data;
  if (error) {
    throw apiStatusError(asked, {
      status: error.object.code ?? 500,
      body: error.object,
      signedIn: true,
    });
  }
  throw new KubernetesApiError(
    `The API server told something of ${asked.what} that is no event`,
    { failure: 'Unreadable' },
  );
}
