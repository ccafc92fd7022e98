import { KubeConfig } from '@kubernetes/client-node';
import { IncomingMessage } from 'node:http';
import { parseBounded } from '../../http/parseBounded';
import { askPatiently, parseRetryAfter } from '../../http/retry';
import { Outgoing, send } from './connection';
import {
  Asked,
  connectionError,
  isWrite,
  PageTooLargeError,
  timeoutError,
} from './failures';
import { KubernetesApiError } from './KubernetesApiError';

/** Largest answer that is read; 500 pods are some 8 MiB. Larger pages are asked for in smaller ones. */
export const MAX_BODY_BYTES = 16 * 2 ** 20;
/** Managed fields are made of small objects: `"f:name":{},`. */
export const BYTES_PER_OBJECT = 12;

/** @internal */
export interface AskOptions extends Asked {
  signal: AbortSignal;
  /** Milliseconds the request may take. */
  timeoutMs: number;
}

/** @internal */
export interface Answer {
  status: number;
  /** Parsed JSON; undefined when it was none. */
  body: unknown;
  /** Credentials were sent with the question. */
  signedIn: boolean;
  retryAfterMs?: number;
}

/**
 * Asks an API server for JSON; 429 and 503 are retried twice.
 *
 * @throws {@link KubernetesApiError} when there is no answer; the signal's
 * reason when it aborts.
 * @internal
 */
export async function getJson(
  kubeConfig: KubeConfig,
  path: string,
  options: AskOptions,
): Promise<Answer> {
  return askPatiently(
    () => ask(kubeConfig, { method: 'GET', path }, options),
    options.signal,
  );
}

/**
 * Asks an API server once, whatever it answers.
 *
 * @throws as {@link getJson} does.
 * @internal
 */
export async function ask(
  kubeConfig: KubeConfig,
  outgoing: Outgoing,
  options: AskOptions,
): Promise<Answer & { retryAfter: string | null }> {
  const { signal, timeoutMs } = options;
  signal.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const { response, signedIn } = await send(
      kubeConfig,
      outgoing,
      AbortSignal.any([signal, deadline]),
    );
    const bytes = await readBody(response, options);
    const retryAfter = response.headers['retry-after'] ?? null;
    return {
      status: response.statusCode ?? 0,
      body: parseBounded(bytes, BYTES_PER_OBJECT)?.json,
      signedIn,
      retryAfter,
      retryAfterMs: parseRetryAfter(retryAfter, Date.now()),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KubernetesApiError) {
      throw error;
    }
    throw deadline.aborted
      ? timeoutError(options, timeoutMs)
      : connectionError(options, error);
  }
}

async function readBody(
  response: IncomingMessage,
  { what, verb }: Asked,
): Promise<Buffer> {
  const isList = verb === undefined || verb === 'list';
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop early destroys the connection.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) {
      throw new PageTooLargeError(
        `The API server answered with more than ${
          MAX_BODY_BYTES / 2 ** 20
        } MiB for ${isList ? 'a page of ' : ''}${what}`,
        { failure: 'TooLarge', uncertain: isWrite(verb) },
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
