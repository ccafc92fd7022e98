import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { EndpointConfig } from '../clusters';
import { EndpointError } from './errors';
import { readBounded } from './readBounded';
import { retryDelayMs, wait } from './retry';

/** Largest answer that is read: 256 MiB. @public */
export const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

/** Query strings longer than this are sent as a form, where the endpoint takes one. */
const LONGEST_QUERY_STRING = 1500;
const LOGGED_BODY_CHARACTERS = 500;

/** @public */
export interface EndpointClientOptions {
  /** How error messages call the endpoint, e.g. `Prometheus of cluster us-west`. */
  name?: string;
  /** Gets what the caller must not: upstream statuses and the start of their bodies. */
  logger?: LoggerService;
  /** Called before each HTTP request, retries included. */
  onRequest?: () => void;
  /** Default {@link MAX_RESPONSE_BYTES}. */
  maxResponseBytes?: number;
}

/** @public */
export interface EndpointRequestOptions {
  signal: AbortSignal;
  /** The endpoint takes the same parameters as a POST form; used when they are long. */
  formWhenLong?: boolean;
}

/**
 * Asks one configured endpoint.
 *
 * @public
 */
export interface EndpointClient {
  /**
   * The JSON at `path` (starts with a slash; appended to the base URL).
   * Redirects are not followed; 429 and 503 are retried twice, after
   * `Retry-After` when it is at most 10 seconds.
   *
   * @throws {@link EndpointError}; the signal's reason when it aborts.
   */
  getJson(
    path: string,
    params: Record<string, string | string[]>,
    options: EndpointRequestOptions,
  ): Promise<unknown>;
}

/** A client for one endpoint of a cluster. @public */
export function createEndpointClient(
  endpoint: EndpointConfig,
  options: EndpointClientOptions = {},
): EndpointClient {
  const { name = 'The endpoint', logger, onRequest } = options;
  const maxBytes = options.maxResponseBytes ?? MAX_RESPONSE_BYTES;

  async function attempt(
    request: Request,
    signal: AbortSignal,
  ): Promise<{ response: Response; body: string }> {
    signal.throwIfAborted();
    const deadline = AbortSignal.timeout(endpoint.timeoutMs);
    onRequest?.();
    try {
      const response = await fetch(request, {
        signal: AbortSignal.any([signal, deadline]),
        redirect: 'manual',
      });
      const body = await readBounded(response, maxBytes);
      if (body === undefined) {
        throw new EndpointError(
          'unreadable',
          `${name} answered with more than ${maxBytes} bytes`,
        );
      }
      return { response, body };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof EndpointError) {
        throw error;
      }
      if (deadline.aborted) {
        throw new EndpointError(
          'timeout',
          `${name} did not answer within ${endpoint.timeoutMs / 1000} s`,
        );
      }
      const code = networkCode(error);
      logger?.warn(`${name}: ${toError(error).message}${code && ` ${code}`}`);
      throw new EndpointError(
        'unreachable',
        `${name} can't be reached${code && ` (${code})`}`,
      );
    }
  }

  return {
    async getJson(path, params, { signal, formWhenLong }) {
      for (let count = 1; ; count++) {
        const request = toRequest(endpoint, path, params, formWhenLong);
        const { response, body } = await attempt(request, signal);
        if (response.ok) {
          return parseJson(body, name);
        }
        const delayMs =
          response.status === 429 || response.status === 503
            ? retryDelayMs(count, response.headers.get('retry-after'))
            : undefined;
        if (delayMs === undefined) {
          logger?.warn(
            `${name} answered ${response.status} to ${path}: ${body.slice(
              0,
              LOGGED_BODY_CHARACTERS,
            )}`,
          );
          throw statusError(name, response.status);
        }
        await wait(delayMs, signal).catch(error => {
          signal.throwIfAborted();
          throw error;
        });
      }
    },
  };
}

function toRequest(
  endpoint: EndpointConfig,
  path: string,
  params: Record<string, string | string[]>,
  formWhenLong = false,
): Request {
  const form = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    for (const item of [value].flat()) {
      form.append(key, item);
    }
  }
  const headers = new Headers(endpoint.headers);
  headers.set('accept', 'application/json');
  const { auth } = endpoint;
  if (auth.type === 'bearer') {
    headers.set('authorization', `Bearer ${auth.token}`);
  } else if (auth.type === 'basic') {
    const pair = Buffer.from(`${auth.username}:${auth.password}`);
    headers.set('authorization', `Basic ${pair.toString('base64')}`);
  }
  const url = `${endpoint.url}${path}`;
  const encoded = form.toString();
  if (formWhenLong && encoded.length > LONGEST_QUERY_STRING) {
    return new Request(url, { method: 'POST', headers, body: form });
  }
  return new Request(encoded ? `${url}?${encoded}` : url, { headers });
}

/** E.g. `ECONNREFUSED`; empty when the error has none. */
function networkCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : '';
}

function parseJson(body: string, name: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new EndpointError('unreadable', `${name} did not answer with JSON`);
  }
}

function statusError(name: string, status: number): EndpointError {
  if (status >= 300 && status < 400) {
    return new EndpointError(
      'failed',
      `${name} answered with a redirect (HTTP ${status}), which is not followed: configure the URL it leads to`,
    );
  }
  if (status === 401 || status === 403) {
    return new EndpointError(
      'refused',
      `${name} refused the configured credentials (HTTP ${status})`,
    );
  }
  if (status === 429 || status === 503) {
    return new EndpointError('overloaded', `${name} is busy (HTTP ${status})`);
  }
  if (status >= 400 && status < 500) {
    return new EndpointError(
      'rejected',
      `${name} rejected the request (HTTP ${status})`,
    );
  }
  return new EndpointError('failed', `${name} failed (HTTP ${status})`);
}
