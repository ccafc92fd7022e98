import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { nodeTransform, root } from './paths.mjs';
import { say } from './say.mjs';

const LEDGER = 'ledger.jsonl';
/** What the demo cluster begins with. */
const BEGINNING = ['demo-interventions.jsonl', 'demo-cluster.json'];

/** Backstage gives each plugin a database. */
const DATABASE = 'backstage_plugin_scaling';
const PAUSE_MS = 500;
/** A back end that doesn't start, or has no such plugin, is not waited for. */
const TABLES_MS = 10 * 60_000;
/** Whose a workload is, is known with its first costs; of some nobody ever knows. */
const LINKS_MS = 3 * 60_000;

const pastOf = stateDir => path.join(stateDir, 'demo-past');

/**
 * Before the demo cluster runs for the first time: two weeks in which its schedules
 * acted are played (scripts/demo-past). Can be killed at any moment and is gone on
 * with at the next start. Without a past the demo runs as well.
 *
 * @param {{ stateDir: string, env: object, run: (args: string[]) => import('./children.mjs').Children }} options
 *   `run` starts Node with these arguments, as a child that ends
 */
export async function playDemoPast({ stateDir, env, run }) {
  const past = pastOf(stateDir);
  if (!fs.existsSync(past)) {
    const hasBegun = BEGINNING.some(file =>
      fs.existsSync(path.join(stateDir, file)),
    );
    if (hasBegun || env.DEMO_CLUSTER_START) return;
    say('Playing two weeks of schedules in the demo cluster …');
    const player = run([
      '--enable-source-maps',
      '--require',
      nodeTransform,
      path.join(root, 'scripts/demo-past/main.ts'),
      root,
      stateDir,
      env.DEMO_CLUSTER_SEED || '1',
    ]);
    await player.exited;
    if (!fs.existsSync(past)) {
      say(`The demo starts without a past; ${player.logFile} says why.`);
      return;
    }
  }
  for (const file of BEGINNING) {
    const played = path.join(past, file);
    if (fs.existsSync(played)) {
      fs.renameSync(played, path.join(stateDir, file));
    }
  }
}

/**
 * Once the back end has its tables and knows whose the workloads are: puts what was
 * played into the ledger of the scaling plugin, once.
 *
 * @param {{ stateDir: string, connection: object, signal: AbortSignal, linksMs?: number }} options
 *   how to reach PostgreSQL
 */
export async function tellDemoPast({
  stateDir,
  connection,
  signal,
  linksMs = LINKS_MS,
}) {
  const file = path.join(pastOf(stateDir), LEDGER);
  if (!fs.existsSync(file)) return;
  const lines = fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
  const client = await untilTables(connection, signal);
  try {
    if (await keepRoom(client, lines)) {
      await untilLinks(client, lines, { signal, linksMs });
      await tell(client, lines);
    }
    fs.renameSync(file, `${file}.told`);
  } finally {
    await client.end();
  }
}

async function untilTables(connection, signal) {
  const deadline = Date.now() + TABLES_MS;
  for (;;) {
    const client = new pg.Client({ ...connection, database: DATABASE });
    client.on('error', () => {}); // whoever asks next is told
    try {
      await client.connect();
      const { rows } = await client.query(
        `SELECT to_regclass('scaling_ledger') IS NOT NULL
           AND to_regclass('scaling_links') IS NOT NULL AS ready`,
      );
      if (rows[0].ready) return client;
      if (Date.now() > deadline) throw new Error('there is no ledger yet');
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await client.end().catch(() => {});
    await sleep(PAUSE_MS, undefined, { signal });
  }
}

/**
 * Lines are read in the order of their numbers: the first ones are kept for the past
 * before the back end writes any.
 *
 * @returns {Promise<boolean>} false when they were told before, or can't be any more
 */
async function keepRoom(client, lines) {
  if (lines.length === 0) return false;
  return inTransaction(client, async () => {
    const { rows } = await client.query(
      'SELECT action_id FROM scaling_ledger WHERE sequence <= $1 LIMIT 1',
      [lines.length],
    );
    if (rows.length > 0) {
      const isOurs = lines.some(line => line.actionId === rows[0].action_id);
      if (!isOurs) {
        say("The ledger has lines already, so the demo's past is not in it.");
      }
      return false;
    }
    await client.query(
      `SELECT setval(name, $1) FROM pg_get_serial_sequence('scaling_ledger', 'sequence') AS name
       WHERE NOT EXISTS (SELECT FROM scaling_ledger)`,
      [lines.length],
    );
    return true;
  });
}

async function untilLinks(client, lines, { signal, linksMs }) {
  const workloads = JSON.stringify(
    lines.map(({ target, workload }) => ({
      ...workload,
      cluster: target.cluster,
    })),
  );
  const deadline = Date.now() + linksMs;
  while (Date.now() < deadline) {
    const { rows } = await client.query(
      `SELECT count(*)::integer AS missing
       FROM jsonb_to_recordset($1) AS w (cluster text, namespace text, kind text, name text)
       WHERE NOT EXISTS (SELECT FROM scaling_links l
         WHERE (l.cluster, l.namespace, l.kind, l.name) = (w.cluster, w.namespace, w.kind, w.name))`,
      [workloads],
    );
    if (rows[0].missing === 0) return;
    await sleep(PAUSE_MS, undefined, { signal });
  }
}

async function tell(client, lines) {
  await inTransaction(client, () =>
    client.query(
      `INSERT INTO scaling_ledger (sequence, at, event, action_id, plan_id, controller, policy_id,
         target, target_key, cluster, namespace, subject, entity_ref, changes, by_ref, expected, said)
       OVERRIDING SYSTEM VALUE
       SELECT p.sequence, (line ->> 'at')::timestamptz, line ->> 'event', (line ->> 'actionId')::uuid,
         (line ->> 'planId')::uuid, line ->> 'controller', line ->> 'policyId', line -> 'target',
         line ->> 'targetKey', line #>> '{target,cluster}', line #>> '{target,namespace}',
         line ->> 'subject', l.entity_ref, line -> 'changes', line ->> 'by', line -> 'expected', line -> 'text'
       FROM jsonb_array_elements($1) WITH ORDINALITY AS p (line, sequence)
       LEFT JOIN scaling_links l ON (l.cluster, l.namespace, l.kind, l.name) = (line #>> '{target,cluster}',
         line #>> '{workload,namespace}', line #>> '{workload,kind}', line #>> '{workload,name}')
       ORDER BY p.sequence`,
      [JSON.stringify(lines)],
    ),
  );
}

async function inTransaction(client, work) {
  await client.query('BEGIN');
  try {
    await client.query('LOCK TABLE scaling_ledger IN SHARE ROW EXCLUSIVE MODE');
    const done = await work();
    await client.query('COMMIT');
    return done;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
