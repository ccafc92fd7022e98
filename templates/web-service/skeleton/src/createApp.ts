import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Lifecycle } from './Lifecycle.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { BadRequest, type Route, sendJson } from './routes.ts';

type Parts = {
  lifecycle: Lifecycle;
  log: Log;
  metrics: Metrics;
  routes: Route[];
  requestTimeoutMs: number;
};

/** The server, with what every service answers: health, readiness and metrics. */
export function createApp(parts: Parts): http.Server {
  const { lifecycle, log, metrics, routes } = parts;

  async function housekeeping(path: string, response: ServerResponse) {
    if (path === '/healthz') {
      sendJson(response, 200, { status: 'alive' });
    } else if (path === '/readyz') {
      const { phase } = lifecycle;
      sendJson(response, phase === 'ready' ? 200 : 503, { status: phase });
    } else {
      const text = await metrics.registry.metrics();
      response.writeHead(200, {
        'content-type': metrics.registry.contentType,
      });
      response.end(text);
    }
  }

  function dispatch(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ) {
    const here = routes.filter(route => route.path === url.pathname);
    // Node leaves the body of an answer to HEAD out by itself.
    const asked = request.method === 'HEAD' ? 'GET' : request.method;
    const route = here.find(({ method }) => method === asked);
    if (here.length === 0) {
      sendJson(response, 404, { error: `There is no ${url.pathname} here.` });
      return;
    }
    if (!route) {
      response.setHeader('allow', here.map(({ method }) => method).join(', '));
      sendJson(response, 405, {
        error: `${url.pathname} doesn't answer ${request.method}.`,
      });
      return;
    }
    sendJson(response, 200, route.answer(url, request));
  }

  async function handle(request: IncomingMessage, response: ServerResponse) {
    // Clients that keep a connection would come back to a replica that leaves.
    if (lifecycle.phase === 'draining')
      response.setHeader('connection', 'close');
    const url = new URL(request.url ?? '/', 'http://service');
    if (['/healthz', '/readyz', '/metrics'].includes(url.pathname)) {
      await housekeeping(url.pathname, response);
      return;
    }
    const started = performance.now();
    metrics.inFlight.inc();
    response.once('close', () => {
      const seconds = (performance.now() - started) / 1000;
      // A path that isn't a route is no label: anybody could invent new ones.
      const known = routes.some(({ path }) => path === url.pathname);
      const labels = {
        method: http.METHODS.includes(request.method ?? '')
          ? request.method!
          : 'other',
        route: known ? url.pathname : 'none',
        status: String(response.statusCode),
      };
      metrics.inFlight.dec();
      metrics.requests.inc(labels);
      metrics.duration.observe(labels, seconds);
      log.info('Answered', {
        ...labels,
        path: url.pathname,
        milliseconds: Math.round(seconds * 1000),
      });
    });
    try {
      dispatch(request, response, url);
    } catch (error) {
      if (error instanceof BadRequest) {
        sendJson(response, 400, { error: error.message });
        return;
      }
      throw error;
    }
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
