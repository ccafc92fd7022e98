import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSettings } from '../src/settings.ts';

const upstreams = (...list: unknown[]) => ({ UPSTREAMS: JSON.stringify(list) });

test('an empty environment gives a gateway that can be tried', () => {
  const settings = readSettings({});
  assert.equal(settings.port, 8080);
  assert.deepEqual(settings.upstreams, []);
});

test('the longest prefix decides, whatever the order', () => {
  const settings = readSettings(
    upstreams(
      { prefix: '/', url: 'http://web' },
      { prefix: '/orders/', url: 'http://orders:8080', timeoutMs: 200 },
    ),
  );
  assert.deepEqual(
    settings.upstreams.map(({ prefix, timeoutMs }) => [prefix, timeoutMs]),
    [
      ['/orders', 200],
      ['/', 5000],
    ],
  );
});

test('the file says where, and the environment wins', () => {
  const file = JSON.stringify([{ prefix: '/file', url: 'http://file' }]);
  const prefixes = (env: Record<string, string>) =>
    readSettings(env, file).upstreams.map(({ prefix }) => prefix);
  assert.deepEqual(prefixes({}), ['/file']);
  assert.deepEqual(prefixes(upstreams({ prefix: '/env', url: 'http://env' })), [
    '/env',
  ]);
});

test('the routes of this repository can be read', () => {
  const text = readFileSync(
    new URL('../upstreams.json', import.meta.url),
    'utf8',
  );
  assert.doesNotThrow(() => readSettings({}, text));
});

test('what is wrong is named by its place', () => {
  assert.throws(() => readSettings({ UPSTREAMS: '{' }), /UPSTREAMS isn't JSON/);
  assert.throws(() => readSettings({ UPSTREAMS: '{}' }), /must be a list/);
  assert.throws(
    () => readSettings(upstreams({ prefix: 'x' })),
    /\[0\]\.prefix/,
  );
  assert.throws(
    () => readSettings(upstreams({ prefix: '/x', url: 'ftp://y' })),
    /\[0\]\.url begins with "ftp:"/,
  );
  assert.throws(
    () =>
      readSettings(upstreams({ prefix: '/x', url: 'http://y', retries: 99 })),
    /\[0\]\.retries is "99"; it must be a whole number from 0 to 5/,
  );
  assert.throws(
    () =>
      readSettings(
        upstreams(
          { prefix: '/x', url: 'http://y' },
          { prefix: '/x/', url: 'http://z' },
        ),
      ),
    /"\/x" twice/,
  );
});

test('draining fits into the time that Kubernetes gives a pod', () => {
  const { drainDelayMs, shutdownTimeoutMs } = readSettings({});
  assert.ok(drainDelayMs + shutdownTimeoutMs < 30_000);
});
