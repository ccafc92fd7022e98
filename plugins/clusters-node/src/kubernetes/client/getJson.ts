import { KubeConfig } from '@kubernetes/client-node';
import { IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps, RequestOptions } from 'node:https';
import { askPatiently } from '../../http/retry';
import { parseBounded } from '../../http/parseBounded';
import {
  connectionError,
  KubernetesApiError,
  PageTooLargeError,
} from './failures';

/** Largest page that is read; 500 pods are some 8 MiB. Larger ones are asked for in smaller pages. */
const MAX_BODY_BYTES = 16 * 2 ** 20;
/** Managed fields are made of small objects: `"f:name":{},`. */
const BYTES_PER_OBJECT = 12;

/** @internal */
export interface Answer {
  status: number;
  /** Parsed JSON; undefined when it was none. */
  body: unknown;
  /** Credentials were sent with the question. */
  signedIn: boolean;
}

/**
 * Asks an API server for JSON. client-node knows how to sign in and whom to
 * trust; its own lists build a class for each nested object, which costs more
 * than all the rest and can't be stopped half way. Redirects are not followed;
 * 429 and 503 are retried twice.
 *
 * @param what - how errors call what is asked for
 * @throws {@link KubernetesApiError} when there is no answer; the signal's
 * reason when it aborts.
 * @internal
 */
export async function getJson(
  kubeConfig: KubeConfig,
  path: string,
  options: { signal: AbortSignal; timeoutMs: number; what: string },
): Promise<Answer> {
  return askPatiently(() => getOnce(kubeConfig, path, options), options.signal);
}

async function getOnce(
  kubeConfig: KubeConfig,
  path: string,
  {
    signal,
    timeoutMs,
    what,
  }: { signal: AbortSignal; timeoutMs: number; what: string },
): Promise<Answer & { retryAfter: string | null }> {
  signal.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const options = await optionsFor(
      kubeConfig,
      AbortSignal.any([signal, deadline]),
    );
    const response = await send(kubeConfig, path, options);
    const bytes = await readBody(response, what);
    return {
      status: response.statusCode ?? 0,
      body: parseBounded(bytes, BYTES_PER_OBJECT)?.json,
      signedIn: isSignedIn(options),
      retryAfter: response.headers['retry-after'] ?? null,
    };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KubernetesApiError) {
      throw error;
    }
    throw deadline.aborted
      ? new KubernetesApiError(
          `The API server did not answer for ${what} within ${
            timeoutMs / 1000
          } s`,
        )
      : connectionError(what, error);
  }
}

async function optionsFor(
  kubeConfig: KubeConfig,
  signal: AbortSignal,
): Promise<RequestOptions> {
  const options: RequestOptions = {
    headers: { accept: 'application/json' },
    signal,
  };
  await kubeConfig.applyToHTTPSOptions(options);
  return options;
}

/** By a token, a password or a certificate. */
function isSignedIn({ headers, auth, cert, pfx }: RequestOptions): boolean {
  const names = Object.keys(headers ?? {}).map(name =>
    name.toLocaleLowerCase('en-US'),
  );
  return Boolean(names.includes('authorization') || auth || cert || pfx);
}

async function send(
  kubeConfig: KubeConfig,
  path: string,
  options: RequestOptions,
): Promise<IncomingMessage> {
  const server = kubeConfig.getCurrentCluster()?.server ?? '';
  const url = new URL(server.replace(/\/$/, '') + path);
  const request = url.protocol === 'http:' ? requestHttp : requestHttps;
  return new Promise((resolve, reject) => {
    request(url, options).on('response', resolve).on('error', reject).end();
  });
}

async function readBody(
  response: IncomingMessage,
  what: string,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop early destroys the connection.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) {
      throw new PageTooLargeError(
        `The API server answered with more than ${
          MAX_BODY_BYTES / 2 ** 20
        } MiB for a page of ${what}`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
