import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
const { frontSlack } = require('./front.ts');

// Of KRR, VPA, Crane and max/0.8 on the 20 VMs.
const POINTS = [
  { overPct: 2.95, slackPct: 55.3 },
  { overPct: 0.78, slackPct: 50.4 },
  { overPct: 0.35, slackPct: 57.6 },
  { overPct: 0.01, slackPct: 68.9 },
];

test('the front joins points in the order of time above, and is flat beyond them', () => {
  for (const [overPct, slackPct] of [
    [0, 68.9],
    [0.01, 68.9],
    [0.18, 63.25], // half-way from 0.01 to 0.35
    [0.35, 57.6],
    [0.78, 50.4],
    [2, 50.4], // KRR has more slack and more time above than VPA
    [9, 50.4],
  ]) {
    const slack = frontSlack(POINTS, overPct);
    assert.ok(Math.abs(slack - slackPct) < 1e-9, `${slack} at ${overPct}`);
  }
});

test('of points with the same time above, the front takes the one with the least slack', () => {
  const points = [
    { overPct: 1, slackPct: 60 },
    { overPct: 1, slackPct: 50 },
    { overPct: 2, slackPct: 40 },
  ];
  assert.equal(frontSlack(points, 1), 50);
  assert.equal(frontSlack(points, 1.5), 45);
});
