import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { nodeTransform } from '../lib/paths.mjs';

const require = createRequire(import.meta.url);
require(nodeTransform);
const { startDemoCluster } = require('@headroom/demo-cluster');
const {
  EffectsInLedger,
  readPolicy,
} = require('@headroom/plugin-scaling-common');
const { accessOf } = require('./accessOf.ts');
const { playPast } = require('./playPast.ts');

const START = new Date('2026-03-02T00:00:00Z'); // a Monday
const MONDAY = Date.parse('2026-03-09T00:00:00Z');
const HOUR_MS = 3_600_000;
const PORTS = { 'us-west': 0, 'eu-central': 0 };
const NOTEBOOK =
  'apis/apps/v1/namespaces/notebooks/statefulsets/notebook-embeddings-eval';

function policy(id, namespace, changed = {}) {
  const read = readPolicy(
    {
      id,
      title: id,
      mode: 'enforce',
      clusters: ['us-*'],
      scope: { type: 'namespace', namespace },
      schedules: [
        {
          zone: 'UTC',
          windows: [
            {
              type: 'weekly',
              days: ['mon', 'tue', 'wed', 'thu', 'fri'],
              times: { start: '07:00', end: '19:00' },
              wish: { type: 'untouched' },
            },
          ],
        },
      ],
      outside: { type: 'zero' },
      ...changed,
    },
    { nowMs: MONDAY },
  );
  assert.deepEqual(read.issues, []);
  return read.policy;
}

describe('playing a past', () => {
  let directory;
  let demo;
  let clock = new Date(MONDAY);
  let lines;

  const start = () =>
    startDemoCluster({
      start: START,
      ports: PORTS,
      now: () => clock,
      interventionFile: path.join(directory, 'demo-interventions.jsonl'),
    });
  const notebook = async () =>
    (await fetch(`${demo.urls['us-west']}/${NOTEBOOK}`)).json();

  before(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-past-'));
    demo = await start();
    lines = await playPast({
      access: accessOf(demo.urls),
      clusters: Object.keys(demo.urls),
      policies: [
        policy('nights', 'notebooks'),
        policy('shown', 'legacy', { mode: 'observe' }),
      ],
      fromMs: MONDAY,
      toMs: MONDAY + 72 * HOUR_MS - 1,
      moveTo: at => {
        clock = at;
      },
    });
  });

  after(async () => {
    await demo.stop();
    fs.rmSync(directory, { recursive: true });
  });

  it('writes at the ends of windows, what the ledger is told of', () => {
    assert.deepEqual(
      lines.map(({ at, subject, by, changes }) => [at, subject, by, changes]),
      [19, 31, 43, 55, 67].map((hours, index) => [
        new Date(MONDAY + hours * HOUR_MS).toISOString(),
        'StatefulSet notebooks/notebook-embeddings-eval',
        'policy:nights',
        [
          {
            path: ['spec', 'replicas'],
            before: index % 2 === 0 ? 1 : 0,
            after: index % 2 === 0 ? 0 : 1,
            // Whose it was before the first write; from then on it is Headroom's own.
            ...(index === 0 && { setBy: 'kubectl-client-side-apply' }),
          },
        ],
      ]),
    );
    assert.equal(new Set(lines.map(({ actionId }) => actionId)).size, 5);
  });

  it('is measured as the nights of the policy', () => {
    const fold = EffectsInLedger.create();
    lines.forEach(line => fold.add(line));
    const end = MONDAY + 72 * HOUR_MS;
    const [workload, ...otherWorkloads] = fold.until(end);
    assert.deepEqual(otherWorkloads, []);
    const [effect, ...others] = workload.effects;
    assert.deepEqual(others, []);
    assert.equal(effect.policyId, 'nights');
    assert.equal(effect.inEffect, true);
    assert.deepEqual(
      workload
        .stretchesOf(effect)
        .map(({ from, to }) => [
          (from - MONDAY) / HOUR_MS,
          (to - MONDAY) / HOUR_MS,
        ]),
      [
        [19, 31],
        [43, 55],
        [67, 72],
      ],
    );
  });

  it('leaves a note on what is other than its owner has it, and who wrote', async () => {
    const { metadata, spec } = await notebook();
    assert.equal(spec.replicas, 0);
    assert.deepEqual(JSON.parse(metadata.annotations['headroom.io/restore']), {
      v: 1,
      policy: 'nights',
      at: lines.at(-1).at,
      uid: metadata.uid,
      fields: { 'spec.replicas': { was: 1, set: 0 } },
    });
    assert.equal(
      metadata.annotations['headroom.io/action'],
      lines.at(-1).actionId,
    );
  });

  it('has changed the clusters from those instants on, whoever starts them', async () => {
    await demo.stop();
    clock = new Date(MONDAY + 73 * HOUR_MS);
    demo = await start();
    assert.deepEqual(demo.skipped, []);
    assert.equal((await notebook()).spec.replicas, 0);
    const from = new Date(MONDAY + 17 * HOUR_MS).toISOString();
    const to = new Date(MONDAY + 33 * HOUR_MS).toISOString();
    const answer = await fetch(
      `${demo.urls['us-west']}/telemetry/v1/usage?start=${from}&end=${to}`,
    );
    const { containers } = await answer.json();
    const ran = containers
      .filter(({ pod }) => pod === 'notebook-embeddings-eval-0')
      .map(({ hour }) => (Date.parse(hour) - MONDAY) / HOUR_MS);
    assert.deepEqual(ran, [17, 18, 31, 32]);
  });
});
