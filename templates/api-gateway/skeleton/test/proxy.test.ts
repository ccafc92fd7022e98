import assert from 'node:assert/strict';
import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import net from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../src/createApp.ts';
import { Lifecycle } from '../src/Lifecycle.ts';
import { createLog } from '../src/log.ts';
import { createMetrics } from '../src/metrics.ts';
import { Proxy } from '../src/Proxy.ts';
import { readSettings } from '../src/settings.ts';

async function listen(server: http.Server, t: TestContext) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as { port: number }).port;
}

/** A gateway before one upstream that answers as the test says. */
async function gateway(
  t: TestContext,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  limits: Record<string, number> = {},
  env: Record<string, string> = {},
) {
  const seen: {
    method?: string;
    url?: string;
    headers: http.IncomingHttpHeaders;
  }[] = [];
  const upstream = http.createServer((request, response) => {
    seen.push({
      method: request.method,
      url: request.url,
      headers: request.headers,
    });
    answer(request, response);
  });
  const port = await listen(upstream, t);
  const settings = readSettings({
    UPSTREAMS: JSON.stringify([
      { prefix: '/api', url: `http://127.0.0.1:${port}/base/`, ...limits },
    ]),
    ...env,
  });
  const metrics = createMetrics();
  const lifecycle = new Lifecycle();
  const server = createApp({
    lifecycle,
    log: createLog({ name: 'under-test', logLevel: 'error' }),
    metrics,
    proxy: new Proxy(settings, metrics),
    requestTimeoutMs: 5000,
  });
  const own = await listen(server, t);
  return {
    base: `http://127.0.0.1:${own}`,
    own,
    seen,
    metrics,
    lifecycle,
    upstream,
  };
}

test('it forwards path, query, body and answer', async t => {
  const { base, seen } = await gateway(t, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.writeHead(201, { 'x-from': 'upstream' });
    response.end(Buffer.concat(chunks).toString().toUpperCase());
  });
  const response = await fetch(`${base}/api/orders?id=7`, {
    method: 'POST',
    body: 'hello',
  });
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('x-from'), 'upstream');
  assert.ok(response.headers.get('x-request-id'));
  assert.equal(await response.text(), 'HELLO');
  assert.equal(seen[0]?.url, '/base/api/orders?id=7');
  assert.equal(seen[0]?.headers['x-forwarded-for'], '127.0.0.1');
});

test('what no prefix fits is 404, and no path leaves its prefix', async t => {
  const { base, own, seen } = await gateway(t, (_, response) =>
    response.end('ok'),
  );
  assert.equal((await fetch(`${base}/other`)).status, 404);
  assert.equal((await fetch(`${base}/apix`)).status, 404);
  for (const path of [
    '/api/../admin',
    '/api/%2e%2e/admin',
    'http://elsewhere/',
  ]) {
    const socket = net.connect(own, '127.0.0.1');
    socket.write(
      `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
    );
    const [head] = await once(socket, 'data');
    assert.match(String(head), /^HTTP\/1\.1 400 /, path);
    socket.destroy();
  }
  assert.equal(seen.length, 0);
});

test('a GET is tried again, a POST is not', async t => {
  let fail = 1;
  const { base, seen } = await gateway(t, (_, response) => {
    response.writeHead(fail-- > 0 ? 503 : 200).end('x');
  });
  assert.equal((await fetch(`${base}/api/a`)).status, 200);
  assert.equal(seen.length, 2);
  fail = 1;
  assert.equal(
    (await fetch(`${base}/api/a`, { method: 'POST', body: 'x' })).status,
    503,
  );
  assert.equal(seen.length, 3);
});

test('an upstream that stays broken is asked once more, and its answer passed on', async t => {
  const { base, seen } = await gateway(t, (_, response) => {
    response.writeHead(503).end('broken');
  });
  const response = await fetch(`${base}/api/a`);
  assert.equal(response.status, 503);
  assert.equal(await response.text(), 'broken');
  assert.equal(seen.length, 2);
});

test('an upstream that does not answer in time is 504; one that is gone 502', async t => {
  const { base, upstream, metrics } = await gateway(t, () => {}, {
    timeoutMs: 100,
    retries: 0,
  });
  assert.equal((await fetch(`${base}/api/slow`)).status, 504);
  upstream.closeAllConnections();
  upstream.close();
  await once(upstream, 'close');
  assert.equal((await fetch(`${base}/api/gone`)).status, 502);
  const text = await metrics.registry.metrics();
  assert.match(
    text,
    /gateway_upstream_attempts_total\{route="\/api",outcome="timeout"\} 1/,
  );
  assert.match(
    text,
    /gateway_upstream_attempts_total\{route="\/api",outcome="refused"\} 1/,
  );
});

test('a client that sends slowly is not cut off', async t => {
  const { own } = await gateway(
    t,
    (request, response) => {
      request.resume();
      request.once('end', () => response.end('whole'));
    },
    { timeoutMs: 1500 },
  );
  const socket = net.connect(own, '127.0.0.1');
  socket.write(
    'POST /api/a HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 4\r\n\r\n',
  );
  for (const piece of 'slow') {
    await sleep(500);
    socket.write(piece);
  }
  const [answer] = await once(socket, 'data');
  assert.match(String(answer), /^HTTP\/1\.1 200 /);
  socket.destroy();
});

test('what a client says of itself is believed behind a proxy only', async t => {
  const claims = {
    'x-forwarded-for': '10.0.0.1',
    'x-forwarded-proto': 'https',
    'x-request-id': 'not an id',
  };
  const answer = (_: IncomingMessage, response: ServerResponse) => {
    response.end('ok');
  };
  const open = await gateway(t, answer);
  await (await fetch(`${open.base}/api/a`, { headers: claims })).text();
  const [seen] = open.seen;
  assert.equal(seen?.headers['x-forwarded-for'], '127.0.0.1');
  assert.equal(seen?.headers['x-forwarded-proto'], 'http');
  assert.notEqual(seen?.headers['x-request-id'], 'not an id');
  const behind = await gateway(t, answer, {}, { TRUST_PROXY: 'true' });
  await (await fetch(`${behind.base}/api/a`, { headers: claims })).text();
  const [trusted] = behind.seen;
  assert.equal(trusted?.headers['x-forwarded-for'], '10.0.0.1, 127.0.0.1');
  assert.equal(trusted?.headers['x-forwarded-proto'], 'https');
});

test('an answer that breaks off is not passed on as a whole one', async t => {
  const { base } = await gateway(t, (_, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('half');
    setTimeout(() => response.destroy(), 20);
  });
  await assert.rejects(
    fetch(`${base}/api/a`).then(response => response.text()),
  );
});

test('a body that is too large is refused, said in advance or not', async t => {
  const { base } = await gateway(
    t,
    (request, response) => {
      request.resume();
      request.once('end', () => response.end('ok'));
    },
    {},
    { MAX_BODY_BYTES: '1000' },
  );
  const body = 'x'.repeat(1001);
  assert.equal(
    (await fetch(`${base}/api/a`, { method: 'POST', body })).status,
    413,
  );
  const stream = new Blob([body]).stream();
  const streamed = await fetch(`${base}/api/a`, {
    method: 'POST',
    body: stream,
    duplex: 'half',
  } as RequestInit);
  assert.equal(streamed.status, 413);
  assert.equal(
    (await fetch(`${base}/api/a`, { method: 'POST', body: 'x'.repeat(1000) }))
      .status,
    200,
  );
});

test('more than an upstream may have at a time are refused at once', async t => {
  const waiting: ServerResponse[] = [];
  const { base, upstream } = await gateway(
    t,
    (_, response) => waiting.push(response),
    { maxConcurrent: 1 },
  );
  const first = fetch(`${base}/api/a`);
  await once(upstream, 'request');
  const second = await fetch(`${base}/api/b`);
  assert.equal(second.status, 503);
  assert.equal(second.headers.get('retry-after'), '1');
  waiting[0]?.end('done');
  assert.equal(await (await first).text(), 'done');
});

test('a client that asks too often is told when to come back', async t => {
  const { base } = await gateway(
    t,
    (_, response) => response.end('ok'),
    {},
    { CLIENT_RATE: '1', CLIENT_BURST: '2' },
  );
  const statuses: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    const response = await fetch(`${base}/api/a`);
    statuses.push(response.status);
    await response.text();
  }
  assert.deepEqual(statuses, [200, 200, 429]);
});

test('a client that leaves frees its place', async t => {
  const { base, upstream } = await gateway(
    t,
    request => request.once('error', () => {}),
    { maxConcurrent: 1, retries: 0 },
  );
  const leaving = new AbortController();
  const left = fetch(`${base}/api/a`, { signal: leaving.signal }).catch(
    () => 'left',
  );
  const [request] = (await once(upstream, 'request')) as [IncomingMessage];
  leaving.abort();
  assert.equal(await left, 'left');
  await new Promise(resolve => request.once('close', resolve));
  const again = fetch(`${base}/api/b`, {
    signal: AbortSignal.timeout(1000),
  }).catch(() => {});
  await once(upstream, 'request');
  await again;
});

test('it is ready between start and drain, counts by prefix, and metrics are its own', async t => {
  const { base, lifecycle } = await gateway(t, (_, response) =>
    response.end('ok'),
  );
  assert.equal((await fetch(`${base}/healthz`)).status, 200);
  assert.equal((await fetch(`${base}/readyz`)).status, 503);
  lifecycle.ready();
  assert.equal((await fetch(`${base}/readyz`)).status, 200);
  await (await fetch(`${base}/api/any/path`)).text();
  const text = await (await fetch(`${base}/metrics`)).text();
  assert.match(
    text,
    /http_requests_total\{method="GET",route="\/api",status="200"\} 1/,
  );
  assert.doesNotMatch(text, /any\/path/);
});
