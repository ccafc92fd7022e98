import { LoggerService } from '@backstage/backend-plugin-api';
import { Worded, wordEndpoint as word } from '@headroom/common';
import { EndpointConfig } from '../clusters';
import { EndpointError } from './errors';
import { networkCodeOf, networkFailureOf } from './networkFailures';
import { parseBounded } from './parseBounded';
import { BoundedBody, readBounded } from './readBounded';
import { askPatiently } from './retry';
import { notJsonError, statusError, UnusableAnswer } from './statusErrors';
import { TELLING_BYTES, whatAnswered } from './whatAnswered';

/**
 * Largest answer that is read where neither the question nor the endpoint's
 * configuration says anything else: 32 MiB, an hour of some 20,000 containers.
 * Parsed, it is ten times that in memory.
 *
 * @public
 */
export const MAX_RESPONSE_BYTES = 32 * 1024 * 1024;

/** Query strings longer than this are sent as a form, where the endpoint takes one. */
const LONGEST_QUERY_STRING = 1500;

const TRUST_LINE =
  'NODE_EXTRA_CA_CERTS=/path/to/ca.pem # environment of the back end';

/** Media types that a log may name; what else a server sends could be anything. */
const MEDIA_TYPE =
  /^(application\/(json|xml|octet-stream)|text\/(html|plain|xml))\b/;

/** @public */
export interface EndpointClientOptions {
  /** How error messages call the endpoint, e.g. `Prometheus of cluster us-west`. */
  name?: string | Worded;
  /** The key of a cluster that configures it, e.g. `prometheus`: lets messages name it and what is probably meant. */
  kind?: string;
  /**
   * Gets statuses, lengths and addresses, never a word of what the upstream
   * said: it may echo what was sent to it, credentials included, in any form.
   */
  logger?: LoggerService;
  /** Called before each HTTP request, retries included. */
  onRequest?: () => void;
}

/** @public */
export interface EndpointRequestOptions {
  signal: AbortSignal;
  /** The endpoint takes the same parameters as a POST form; used when they are long. */
  formWhenLong?: boolean;
  /** Largest answer to this question; default that of the endpoint, else {@link MAX_RESPONSE_BYTES}. */
  maxBytes?: number;
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
  const { name = word('theEndpoint'), kind, logger, onRequest } = options;
  const nameText = typeof name === 'string' ? name : name.message;

  async function attempt(
    path: string,
    request: Request,
    signal: AbortSignal,
    maxBytes: number,
  ): Promise<{
    status: number;
    retryAfter: string | null;
    response: Response;
    body: BoundedBody;
  }> {
    signal.throwIfAborted();
    const deadline = AbortSignal.timeout(endpoint.timeoutMs);
    onRequest?.();
    try {
      const response = await fetch(request, {
        signal: AbortSignal.any([signal, deadline]),
        redirect: 'manual',
      });
      const body = await readBounded(
        response,
        response.ok ? maxBytes : TELLING_BYTES,
      );
      const { status, headers } = response;
      return {
        status,
        retryAfter: headers.get('retry-after'),
        response,
        body,
      };
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.aborted) {
        throw new EndpointError(
          'timeout',
          word('timeout', { name, path, seconds: endpoint.timeoutMs / 1000 }),
        );
      }
      const code = networkCodeOf(error);
      logger?.warn(
        `${nameText}: no connection to ${new URL(endpoint.url).origin}${
          code ? `: ${code}` : ''
        }`,
      );
      const { reason, untrusted } = networkFailureOf(error);
      throw new EndpointError(
        'unreachable',
        word('unreachable', { name, reason }),
        untrusted ? TRUST_LINE : undefined,
      );
    }
  }

  function unusable(
    path: string,
    { status, headers }: Response,
    { bytes }: BoundedBody,
  ): UnusableAnswer {
    const type = headers.get('content-type');
    const answerer = whatAnswered(type, bytes);
    logger?.warn(
      `${nameText}: ${
        new URL(endpoint.url).origin
      } answered ${path} with HTTP ${status}, ${
        MEDIA_TYPE.exec(type ?? '')?.[1] ?? 'another type'
      }, ${bytes.length} bytes (${answerer})`,
    );
    return {
      name,
      kind,
      credentials: credentialsOf(endpoint),
      url: `${endpoint.url}${path}`,
      path,
      status,
      location: headers.get('location'),
      answerer,
      start: bytes,
    };
  }

  return {
    async getJson(path, params, { signal, formWhenLong, maxBytes }) {
      const most = maxBytes ?? endpoint.maxResponseBytes ?? MAX_RESPONSE_BYTES;
      const { response, body } = await askPatiently(
        () =>
          attempt(
            path,
            toRequest(name, endpoint, path, params, formWhenLong),
            signal,
            most,
          ),
        signal,
      );
      if (!response.ok) {
        throw statusError(unusable(path, response, body));
      }
      if (!body.whole) {
        throw tooLarge(name, kind, path, most, maxBytes === undefined);
      }
      const parsed = parseBounded(body.bytes);
      if (!parsed) {
        throw notJsonError(unusable(path, response, body));
      }
      return parsed.json;
    },
  };
}

function toRequest(
  name: string | Worded,
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
  const headers = toHeaders(name, endpoint);
  const url = `${endpoint.url}${path}`;
  const encoded = form.toString();
  if (formWhenLong && encoded.length > LONGEST_QUERY_STRING) {
    return new Request(url, { method: 'POST', headers, body: form });
  }
  return new Request(encoded ? `${url}?${encoded}` : url, { headers });
}

function toHeaders(
  name: string | Worded,
  { auth, headers }: EndpointConfig,
): Headers {
  try {
    const sent = new Headers(headers);
    sent.set('accept', 'application/json');
    if (auth.type === 'bearer') {
      sent.set('authorization', `Bearer ${auth.token}`);
    } else if (auth.type === 'basic') {
      const pair = Buffer.from(`${auth.username}:${auth.password}`);
      sent.set('authorization', `Basic ${pair.toString('base64')}`);
    }
    return sent;
  } catch {
    // What is thrown quotes the header.
    throw new EndpointError('unreachable', word('unsendable', { name }));
  }
}

/** What is sent to say who asks. */
function credentialsOf({
  auth,
  headers,
}: EndpointConfig): UnusableAnswer['credentials'] {
  if (auth.type !== 'none') {
    return auth.type;
  }
  return Object.keys(headers).length > 0 ? 'headers' : 'none';
}

/** @param configurable - the endpoint's own limit was met, not the question's */
function tooLarge(
  name: string | Worded,
  kind: string | undefined,
  path: string,
  most: number,
  configurable: boolean,
): EndpointError {
  const mebibytes = (2 * most) / 2 ** 20;
  const asked = { name, path, size: wordSize(most) };
  return new EndpointError(
    'too-large',
    configurable && kind
      ? word('tooLargeForLimit', {
          ...asked,
          setting: `headroom.clusters[].${kind}`,
        })
      : word('tooLarge', asked),
    configurable ? `maxResponseMebibytes: ${mebibytes}` : undefined,
  );
}

function wordSize(bytes: number): Worded {
  return bytes < 2 ** 20
    ? word('bytes', { amount: bytes })
    : word('mebibytes', { amount: bytes / 2 ** 20 });
}
