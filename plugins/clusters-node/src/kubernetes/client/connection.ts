import { KubeConfig } from '@kubernetes/client-node';
import { IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps, RequestOptions } from 'node:https';

/** @internal */
export interface Outgoing {
  method: 'GET' | 'PATCH' | 'POST';
  /** Below the API server's URL, with its query. */
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Media type of the body. */
  contentType?: string;
}

/** The start of an answer. @internal */
export interface Incoming {
  response: IncomingMessage;
  /** Credentials were sent with the question. */
  signedIn: boolean;
}

/**
 * Sends a request to an API server. client-node knows how to sign in and whom to
 * trust; its own calls build a class for each nested object, which costs more than
 * all the rest and can't be stopped half way. Redirects are not followed.
 *
 * @throws what keeps a connection from being made, or the signal's reason.
 * @internal
 */
export async function send(
  kubeConfig: KubeConfig,
  { method, path, body, contentType }: Outgoing,
  signal: AbortSignal,
): Promise<Incoming> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const options: RequestOptions = {
    method,
    headers: {
      accept: 'application/json',
      ...(payload !== undefined && {
        'content-type': contentType ?? 'application/json',
        'content-length': Buffer.byteLength(payload),
      }),
    },
    signal,
  };
  await kubeConfig.applyToHTTPSOptions(options);
  const server = kubeConfig.getCurrentCluster()?.server ?? '';
  const url = new URL(server.replace(/\/$/, '') + path);
  const request = url.protocol === 'http:' ? requestHttp : requestHttps;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, options)
      .on('response', resolve)
      .on('error', reject)
      .end(payload);
  });
  return { response, signedIn: isSignedIn(options) };
}

/** By a token, a password or a certificate. */
function isSignedIn({ headers, auth, cert, pfx }: RequestOptions): boolean {
  const names = Object.keys(headers ?? {}).map(name =>
    name.toLocaleLowerCase('en-US'),
  );
  return Boolean(names.includes('authorization') || auth || cert || pfx);
}
