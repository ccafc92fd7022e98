import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import knexFactory from 'knex';
import { Children } from './children.mjs';
import { playDemoPast, tellDemoPast } from './demoPast.mjs';
import { nodeTransform } from './paths.mjs';
import { startThrowawayPostgres } from './postgres.mjs';

const require = createRequire(import.meta.url);
require(nodeTransform);
const { createEntityTables } = require('@headroom/node');
const { createControllerTables } = require('@headroom/plugin-controllers-node');

let stateDir;
beforeEach(() => {
  stateDir = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-past-'));
});
afterEach(() => fs.rmSync(stateDir, { recursive: true }));

const write = (file, text) => {
  fs.mkdirSync(path.dirname(path.join(stateDir, file)), { recursive: true });
  fs.writeFileSync(path.join(stateDir, file), text);
};
const there = () => fs.readdirSync(stateDir, { recursive: true }).sort();

describe('the past of a demo', () => {
  let played = 0;
  const player = () => {
    played += 1;
    write('demo-past/demo-interventions.jsonl', 'done');
    write('demo-past/demo-cluster.json', 'begins');
    write('demo-past/ledger.jsonl', '');
    return { exited: Promise.resolve() };
  };
  const play = (env = {}) => playDemoPast({ stateDir, env, run: player });
  beforeEach(() => {
    played = 0;
  });
  const WHOLE = [
    'demo-cluster.json',
    'demo-interventions.jsonl',
    'demo-past',
    'demo-past/ledger.jsonl',
  ];

  it('is played once', async () => {
    await play();
    await play();
    assert.equal(played, 1);
    assert.deepEqual(there(), WHOLE);
  });

  it('is taken over where an earlier start was killed while it did', async () => {
    player();
    fs.renameSync(
      path.join(stateDir, 'demo-past/demo-interventions.jsonl'),
      path.join(stateDir, 'demo-interventions.jsonl'),
    );
    await play();
    assert.equal(played, 1);
    assert.deepEqual(there(), WHOLE);
  });

  it('is not given to a demo that has one, nor to one that is told when it begins', async () => {
    await play({ DEMO_CLUSTER_START: '2026-01-01' });
    write('demo-cluster.json', 'begins');
    await play();
    assert.equal(played, 0);
  });

  it('is gone without where it cannot be played', async () => {
    await playDemoPast({
      stateDir,
      env: {},
      run: () => ({ exited: Promise.resolve(), logFile: 'the log' }),
    });
    assert.deepEqual(there(), []);
  });
});

describe('what the ledger is told of it', () => {
  const DATABASE = 'backstage_plugin_scaling';
  const LINE = {
    event: 'applied',
    planId: randomUUID(),
    controller: 'schedules',
    policyId: 'nights',
    target: {
      type: 'kubernetes',
      cluster: 'us',
      namespace: 'shop',
      name: 'web',
    },
    targetKey: 'key',
    workload: { kind: 'Deployment', namespace: 'shop', name: 'web' },
    subject: 'Deployment shop/web',
    changes: [{ path: ['spec', 'replicas'], before: 1, after: 0 }],
    by: 'policy:nights',
    expected: { text: { message: 'Less.' }, settleSeconds: 120 },
    text: { message: 'It was written.' },
  };
  const INSTANTS = ['2026-03-02T19:00:00.000Z', '2026-03-03T07:00:00.000Z'];
  let children;
  let postgres;
  let connection;
  let logDir;
  let admin;
  let knex;

  before(async () => {
    logDir = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-past-logs-'));
    children = Children.create(logDir);
    postgres = await startThrowawayPostgres(children);
    const url = new URL(postgres.url);
    connection = {
      host: url.hostname,
      port: Number(url.port),
      user: url.username,
      password: decodeURIComponent(url.password),
    };
    admin = knexFactory({ client: 'pg', connection });
  });
  after(async () => {
    await admin.destroy();
    await postgres.stop();
    await children.stopAll();
    fs.rmSync(logDir, { recursive: true });
  });

  beforeEach(async () => {
    await admin.raw(`CREATE DATABASE ${DATABASE}`);
    knex = knexFactory({
      client: 'pg',
      connection: { ...connection, database: DATABASE },
    });
    write(
      'demo-past/ledger.jsonl',
      INSTANTS.map(at =>
        JSON.stringify({ ...LINE, at, actionId: randomUUID() }),
      ).join('\n'),
    );
  });
  afterEach(async () => {
    await knex.destroy();
    await admin.raw(`DROP DATABASE ${DATABASE} WITH (FORCE)`);
  });

  const makeTables = async () => {
    await createEntityTables(knex, 'scaling');
    await createControllerTables(knex, 'scaling');
    await knex.raw(`CREATE TABLE scaling_links (cluster text, namespace text, kind text,
      name text, entity_ref text)`);
  };
  const link = () =>
    knex('scaling_links').insert({
      cluster: 'us',
      ...LINE.workload,
      entity_ref: 'component:default/web',
    });
  const tell = (options = {}) =>
    tellDemoPast({
      stateDir,
      connection,
      signal: new AbortController().signal,
      linksMs: 20_000,
      ...options,
    });
  const writeNow = async () =>
    knex.raw(
      `INSERT INTO scaling_ledger (event, action_id, plan_id, controller, policy_id, target,
         target_key, subject, changes, by_ref, said)
       VALUES ('applied', gen_random_uuid(), gen_random_uuid(), 'schedules', 'now', '{}', '', '', '[]', '', '{}')`,
    );
  const ledger = () =>
    knex('scaling_ledger')
      .orderBy('sequence')
      .select('sequence', 'at', 'entity_ref', 'policy_id');
  const PAST = INSTANTS.map((at, index) => ({
    sequence: String(index + 1),
    at: new Date(at),
    entity_ref: 'component:default/web',
    policy_id: 'nights',
  }));

  it('waits for the tables and for links, and comes before what is written meanwhile', async () => {
    const told = tell();
    await makeTables();
    for (;;) {
      const { rows } = await knex.raw(
        'SELECT last_value FROM scaling_ledger_sequence_seq',
      );
      if (rows[0].last_value === '2') break;
    }
    await writeNow();
    await link();
    await told;
    const lines = await ledger();
    assert.deepEqual(lines.slice(0, 2), PAST);
    assert.deepEqual(
      lines.slice(2).map(({ sequence, policy_id: id }) => [sequence, id]),
      [['3', 'now']],
    );
    assert.deepEqual(
      there().filter(file => file.includes('ledger')),
      ['demo-past/ledger.jsonl.told'],
    );
  });

  it('is told once, also when the start was killed before it could note that', async () => {
    await makeTables();
    await link();
    await tell();
    const file = path.join(stateDir, 'demo-past/ledger.jsonl');
    fs.renameSync(`${file}.told`, file);
    await tell();
    await tell();
    assert.deepEqual(await ledger(), PAST);
  });

  it('is told at the next start when this one is stopped, also after others have written', async () => {
    await makeTables();
    const stopping = new AbortController();
    const told = tell({ signal: stopping.signal });
    setTimeout(() => stopping.abort(), 1500);
    await assert.rejects(told);
    assert.deepEqual(await ledger(), []);
    await writeNow();
    await link();
    await tell();
    assert.deepEqual((await ledger()).slice(0, 2), PAST);
  });

  it('is told of what nobody is known to own as well', async () => {
    await makeTables();
    await tell({ linksMs: 0 });
    assert.deepEqual(
      await ledger(),
      PAST.map(line => ({ ...line, entity_ref: null })),
    );
  });

  it('is left out where the ledger has begun without it', async () => {
    await makeTables();
    await writeNow();
    await tell();
    assert.equal((await ledger()).length, 1);
  });
});
