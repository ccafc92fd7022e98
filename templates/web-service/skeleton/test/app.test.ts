import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { createApp } from '../src/createApp.ts';
import { Lifecycle } from '../src/Lifecycle.ts';
import { createLog } from '../src/log.ts';
import { createMetrics } from '../src/metrics.ts';
import { createRoutes } from '../src/routes.ts';

const lines: string[] = [];
const lifecycle = new Lifecycle();
const routes = [
  ...createRoutes(() => new Date('2026-07-01T12:00:00Z')),
  {
    method: 'GET',
    path: '/v1/broken',
    answer: () => {
      throw new Error('a secret detail');
    },
  },
];
const server = createApp({
  lifecycle,
  log: createLog({ name: 'under-test', logLevel: 'info' }, line =>
    lines.push(line),
  ),
  metrics: createMetrics(),
  routes,
  requestTimeoutMs: 2000,
});
let base = '';

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

test('it is alive before it is ready, and stays alive while it drains', async () => {
  assert.equal((await fetch(`${base}/healthz`)).status, 200);
  assert.equal((await fetch(`${base}/readyz`)).status, 503);
  lifecycle.ready();
  assert.equal((await fetch(`${base}/readyz`)).status, 200);
});

test('the time of a zone is told; a zone that is none is named', async () => {
  const good = await fetch(`${base}/v1/time?zone=Europe/Berlin`);
  assert.deepEqual(await good.json(), {
    zone: 'Europe/Berlin',
    local: '2026-07-01 14:00:00',
    utc: '2026-07-01T12:00:00.000Z',
  });
  const bad = await fetch(`${base}/v1/time?zone=Mars/Base`);
  assert.equal(bad.status, 400);
  assert.match(((await bad.json()) as { error: string }).error, /Mars\/Base/);
});

test('what is not there is 404, and another method 405', async () => {
  assert.equal((await fetch(`${base}/v1/nothing`)).status, 404);
  const head = await fetch(`${base}/v1/time`, { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(await head.text(), '');
  const post = await fetch(`${base}/v1/time`, { method: 'POST' });
  assert.equal(post.status, 405);
  assert.equal(post.headers.get('allow'), 'GET');
});

test('a failure is logged and not told to the client', async () => {
  const response = await fetch(`${base}/v1/broken`);
  assert.equal(response.status, 500);
  assert.doesNotMatch(await response.text(), /secret/);
  assert.ok(lines.some(line => line.includes('a secret detail')));
});

test('requests are counted by route; paths of strangers make no series', async () => {
  await fetch(`${base}/v1/time`);
  await fetch(`${base}/${'x'.repeat(50)}`);
  const text = await (await fetch(`${base}/metrics`)).text();
  assert.match(
    text,
    /http_requests_total\{method="GET",route="\/v1\/time",status="200"\} [1-9]/,
  );
  assert.match(
    text,
    /http_requests_total\{method="GET",route="none",status="404"\}/,
  );
  assert.doesNotMatch(text, /xxxx/);
  assert.match(text, /http_request_duration_seconds_bucket\{/);
  assert.match(text, /^process_resident_memory_bytes /m);
});

test('the log is one object a line', () => {
  const entry = JSON.parse(lines.find(line => line.includes('/v1/time'))!);
  assert.equal(entry.service, 'under-test');
  assert.equal(entry.level, 'info');
});
