import http, {
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import type { Upstream } from './settings.ts';

/** Kept for less long than servers keep them, which is five seconds at least. */
const kept = { keepAlive: true, maxFreeSockets: 64, timeout: 4000 };
const agents = {
  'http:': new http.Agent(kept),
  'https:': new https.Agent(kept),
};

/** An attempt that brought no answer. */
export class AttemptFailed extends Error {
  readonly outcome: 'refused' | 'timeout' | 'failed';

  constructor(outcome: AttemptFailed['outcome'], message: string) {
    super(message);
    this.outcome = outcome;
  }
}

/** Where a path of ours is at the upstream: its base path, then ours as it came. */
export function targetOf(upstream: Upstream, requestUrl: string): string {
  const base = upstream.url.pathname.replace(/\/+$/, '');
  return `${base}${requestUrl}`;
}

/** One request to the upstream, until the head of its answer. */
export function attempt(
  upstream: Upstream,
  request: {
    method: string;
    url: string;
    headers: IncomingHttpHeaders;
    body?: Readable;
    signal: AbortSignal;
  },
): Promise<IncomingMessage> {
  const { url } = upstream;
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const outgoing = (secure ? https : http).request({
      host: url.hostname,
      port: url.port || (secure ? 443 : 80),
      path: targetOf(upstream, request.url),
      method: request.method,
      headers: request.headers,
      agent: agents[secure ? 'https:' : 'http:'],
      signal: request.signal,
    });
    let timer: NodeJS.Timeout;
    // A client that sends slowly isn't the upstream's fault: each piece begins anew.
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        outgoing.destroy(
          new AttemptFailed(
            'timeout',
            `The upstream of ${upstream.prefix} hasn't answered within ${upstream.timeoutMs} ms.`,
          ),
        );
      }, upstream.timeoutMs);
    };
    wait();
    outgoing.once('response', response => {
      request.body?.off('data', wait);
      clearTimeout(timer);
      // A body that stops half-way holds nobody for ever.
      response.setTimeout(upstream.timeoutMs, () => response.destroy());
      resolve(response);
    });
    outgoing.once('error', error => {
      request.body?.off('data', wait);
      clearTimeout(timer);
      if (error instanceof AttemptFailed) {
        reject(error);
        return;
      }
      const { code } = error as NodeJS.ErrnoException;
      const outcome = code === 'ECONNREFUSED' ? 'refused' : 'failed';
      reject(
        new AttemptFailed(
          outcome,
          `The upstream of ${upstream.prefix} can't be reached (${
            code ?? error.message
          }).`,
        ),
      );
    });
    if (request.body) request.body.on('data', wait).pipe(outgoing);
    else outgoing.end();
  });
}
