import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
const { brokenLimits, readLimits } = require('./limits.ts');

test('limits are read one a comma', () => {
  assert.deepEqual(readLimits('dev=5:1, critical=0.2:-4.5'), [
    { appetite: 'dev', mostOverPct: 5, leastBelow: 1 },
    { appetite: 'critical', mostOverPct: 0.2, leastBelow: -4.5 },
  ]);
});

test('limits of another form are refused by name', () => {
  for (const text of ['', 'dev', 'dev=5', 'bold=5:1', 'dev=-1:1', 'dev=5:1;']) {
    assert.throws(() => readLimits(text), {
      message: new RegExp(`^--require has "${text}"`),
    });
  }
});

test('limits hold up to the limit itself', () => {
  const results = new Map([
    ['dev', { overPct: 5, pointsBelowFront: 1 }],
    ['standard', { overPct: 0, pointsBelowFront: 9 }],
  ]);
  assert.deepEqual(
    brokenLimits(readLimits('dev=5:1,standard=1:2'), results),
    [],
  );
});

test('every limit that does not hold is named', () => {
  const results = new Map([['dev', { overPct: 5.01, pointsBelowFront: 0.5 }]]);
  assert.deepEqual(brokenLimits(readLimits('dev=5:1,standard=1:2'), results), [
    'dev is above its request 5.01 % of the time; at most 5 % is allowed.',
    'dev lies 0.5 points below the front; it should be at least 1.',
    'standard has no day that could be judged.',
  ]);
});
