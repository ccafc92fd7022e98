import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from '../src/settings.ts';

test('an empty environment gives a service that can be tried', () => {
  const settings = readSettings({});
  assert.equal(settings.port, 8080);
  assert.equal(settings.logLevel, 'info');
});

test('a value that is none is refused by the name of its variable', () => {
  assert.throws(() => readSettings({ PORT: '80a' }), /PORT is "80a"/);
  assert.throws(() => readSettings({ PORT: '70000' }), /from 0 to 65535/);
  assert.throws(() => readSettings({ LOG_LEVEL: 'loud' }), /LOG_LEVEL/);
});

test('draining fits into the time that Kubernetes gives a pod', () => {
  const { drainDelayMs, shutdownTimeoutMs } = readSettings({});
  assert.ok(drainDelayMs + shutdownTimeoutMs < 30_000);
});
