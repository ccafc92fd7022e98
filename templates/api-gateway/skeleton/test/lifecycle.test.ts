import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Lifecycle } from '../src/Lifecycle.ts';

async function slowServer(milliseconds: number) {
  const server = http.createServer(async (_, response) => {
    await sleep(milliseconds, undefined, { ref: false });
    response.end('done');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return { server, url: `http://127.0.0.1:${port}/` };
}

test('what is being answered is finished before the server closes', async () => {
  const { server, url } = await slowServer(200);
  const lifecycle = new Lifecycle();
  lifecycle.ready();
  const answer = fetch(url).then(response => response.text());
  await once(server, 'request');
  const whole = lifecycle.drain(server, {
    drainDelayMs: 0,
    shutdownTimeoutMs: 5000,
  });
  assert.equal(lifecycle.phase, 'draining');
  assert.equal(await answer, 'done');
  assert.equal(await whole, true);
  await assert.rejects(fetch(url));
});

test('requests are taken while the endpoints have not noticed', async () => {
  const { server, url } = await slowServer(0);
  const lifecycle = new Lifecycle();
  lifecycle.ready();
  const whole = lifecycle.drain(server, {
    drainDelayMs: 300,
    shutdownTimeoutMs: 1000,
  });
  assert.equal(await (await fetch(url)).text(), 'done');
  assert.equal(await whole, true);
});

test('what takes longer than the limit is cut off, and that is said', async () => {
  const { server, url } = await slowServer(10_000);
  const lifecycle = new Lifecycle();
  const answer = fetch(url).then(
    () => 'answered',
    () => 'cut off',
  );
  await once(server, 'request');
  const whole = await lifecycle.drain(server, {
    drainDelayMs: 0,
    shutdownTimeoutMs: 50,
  });
  assert.equal(whole, false);
  assert.equal(await answer, 'cut off');
});

test('a second signal waits for the same end', async () => {
  const { server } = await slowServer(0);
  const lifecycle = new Lifecycle();
  const limits = { drainDelayMs: 0, shutdownTimeoutMs: 1000 };
  assert.equal(
    lifecycle.drain(server, limits),
    lifecycle.drain(server, limits),
  );
  await lifecycle.drain(server, limits);
  lifecycle.ready();
  assert.equal(lifecycle.phase, 'draining');
});
