import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Lifecycle } from './Lifecycle.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Proxy } from './Proxy.ts';
import { sendJson } from './sendJson.ts';

type Parts = {
  lifecycle: Lifecycle;
  log: Log;
  metrics: Metrics;
  proxy: Proxy;
  requestTimeoutMs: number;
};

/** The server: health, readiness and metrics are its own, the rest is forwarded. */
export function createApp(parts: Parts): http.Server {
  const { lifecycle, log, metrics, proxy } = parts;

  async function housekeeping(path: string, response: ServerResponse) {
    if (path === '/healthz') {
      sendJson(response, 200, { status: 'alive' });
    } else if (path === '/readyz') {
      const { phase } = lifecycle;
      sendJson(response, phase === 'ready' ? 200 : 503, { status: phase });
    } else {
      const text = await metrics.registry.metrics();
      response.writeHead(200, { 'content-type': metrics.registry.contentType });
      response.end(text);
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse) {
    // Clients that keep a connection would come back to a replica that leaves.
    if (lifecycle.phase === 'draining')
      response.setHeader('connection', 'close');
    const [path = '/'] = (request.url ?? '/').split('?');
    // An absolute URL would make this an open proxy, and `..` leave a prefix.
    if (!path.startsWith('/') || /(^|\/)\.{1,2}(\/|$)|%2e/i.test(path)) {
      sendJson(response, 400, {
        error: 'The path must begin with "/" and have no dots as parts.',
      });
      return;
    }
    if (['/healthz', '/readyz', '/metrics'].includes(path)) {
      await housekeeping(path, response);
      return;
    }
    const started = performance.now();
    metrics.inFlight.inc();
    response.once('close', () => {
      const seconds = (performance.now() - started) / 1000;
      const labels = {
        method: http.METHODS.includes(request.method ?? '')
          ? request.method!
          : 'other',
        route: proxy.routeOf(path) ?? 'none',
        // 499 as others count it: the client went before it had its answer.
        status: response.writableFinished ? String(response.statusCode) : '499',
      };
      metrics.inFlight.dec();
      metrics.requests.inc(labels);
      metrics.duration.observe(labels, seconds);
      log.info('Answered', {
        ...labels,
        path,
        requestId: response.getHeader('x-request-id'),
        milliseconds: Math.round(seconds * 1000),
      });
    });
    await proxy.handle(request, response, path);
  }

  return http.createServer(
    {
      requestTimeout: parts.requestTimeoutMs,
      headersTimeout: Math.min(parts.requestTimeoutMs, 10_000),
    },
    (request, response) => {
      handle(request, response).catch(error => {
        log.error('A request failed', { error: String(error?.stack ?? error) });
        if (response.headersSent) response.destroy();
        else
          sendJson(response, 500, { error: 'This failed; the log says why.' });
      });
    },
  );
}
