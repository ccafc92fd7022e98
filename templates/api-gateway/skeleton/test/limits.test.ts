import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endToEnd } from '../src/headers.ts';
import { RateLimit } from '../src/RateLimit.ts';
import { RetryBudget } from '../src/RetryBudget.ts';

test('a client may burst, then has its rate, and others are not touched', () => {
  const limit = new RateLimit({ rate: 2, burst: 3 });
  assert.deepEqual(
    [1, 2, 3].map(() => limit.take('a', 0)),
    [0, 0, 0],
  );
  assert.equal(limit.take('a', 0), 0.5);
  assert.equal(limit.take('b', 0), 0);
  assert.equal(limit.take('a', 500), 0);
  assert.ok(limit.take('a', 500) > 0);
});

test('many clients take bounded memory', () => {
  const limit = new RateLimit({ rate: 1, burst: 1, mostClients: 100 });
  for (let i = 0; i < 1000; i += 1) limit.take(`client-${i}`, i);
  assert.equal(limit.size, 100);
});

test('a thousand failing requests are retried two hundred times and ten', () => {
  const budget = new RetryBudget();
  let retries = 0;
  for (let i = 0; i < 1000; i += 1) {
    budget.request();
    if (budget.retry()) retries += 1;
  }
  assert.ok(retries >= 200 && retries <= 210, String(retries));
});

test('what belongs to one connection is not passed on', () => {
  assert.deepEqual(
    endToEnd({
      connection: 'close, X-Private',
      'x-private': '1',
      'transfer-encoding': 'chunked',
      te: 'trailers',
      accept: 'text/plain',
    }),
    { accept: 'text/plain' },
  );
});
