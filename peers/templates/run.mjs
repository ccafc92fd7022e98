/**
 * Runs the suites of this peer: every template with every set of answers, rendered by
 * the real scaffolder, before a real Kubernetes and the judges of manifests, an S3 and
 * PostgreSQL; only what the suites ask for is made and started. With a
 * folder of schemas, HEADROOM_SCHEMAS, which `yarn test:peers` sets by `--data`, the
 * kinds of operators are judged as well; with `--suite <name>`, once or more, those
 * suites alone; with `--rendered <folder>` what an earlier run has left there. The last
 * line is `N passed, N failed`.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { conclude, runSuites } from '../../scripts/lib/suites.mjs';
import { ensurePython } from '../focus/python.mjs';
import { ControlPlane } from '../kubernetes/cluster/ControlPlane.mjs';
import { Kubectl } from '../kubernetes/cluster/Kubectl.mjs';
import { ensurePrograms } from '../kubernetes/cluster/programs.mjs';
import { ensureMoto, startMoto } from '../lib/moto.mjs';
import { requireDatabase } from '../lib/requireDatabase.mjs';
import { ensurePrometheus } from '../prometheus/install.mjs';
import { definitionFiles, lenientDefinitions } from './definitions.mjs';
import { ensureJudges } from './judges.mjs';
import { ensurePartman } from './partman.mjs';
import { render } from './render.mjs';
import { startPartman } from './servers.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
/** What each suite runs against. */
const SUITES = {
  kustomize: ['cluster'],
  judges: ['cluster', 'judges'],
  alerts: ['prometheus'],
  skeletons: ['python'],
  buckets: ['python', 's3'],
  partitions: ['databases'],
  admission: ['cluster'],
  running: ['cluster', 'prometheus'],
  team: ['cluster'],
};

const secondsSince = began => ((Date.now() - began) / 1000).toFixed(1);
const say = line => process.stdout.write(`${line}\n`);

/** What is to be stopped when this process is. */
let stop = async () => {};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => stop().finally(() => process.exit(130)));
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      suite: {
        type: 'string',
        multiple: true,
        default: Object.keys(SUITES),
      },
      rendered: { type: 'string' },
    },
  });
  const unknown = values.suite.find(name => !Object.hasOwn(SUITES, name));
  if (unknown) {
    throw new Error(
      `There is no suite "${unknown}". There are: ${Object.keys(SUITES).join(
        ', ',
      )}.`,
    );
  }
  return values;
}

async function installDefinitions(kubectl, data) {
  if (data) {
    await kubectl.applyFiles(definitionFiles(data));
    await kubectl.apply(lenientDefinitions(data));
    await kubectl.run([
      'wait',
      '--for=condition=Established',
      'crd',
      '--all',
      '--timeout=30s',
    ]);
  }
}

/**
 * Makes sure that what the suites need can be had.
 *
 * @param {Set<string>} needs
 * @param {string} dir where logs and data go
 * @param {(started: { stop: () => Promise<void> }) => void} keep is told what is to be
 *   stopped
 * @returns {Promise<{ peer: object, start: () => Promise<void> }>} `start` starts it, and
 *   completes in `peer` where it is
 * @throws {Error} one sentence that names what is missing.
 */
async function prepare(needs, dir, keep) {
  const data = process.env.HEADROOM_SCHEMAS || undefined;
  const peer = { data, scratch: path.join(dir, 'scratch') };
  const starts = [];
  if (needs.has('prometheus')) say(`Prometheus ${ensurePrometheus()}`);
  if (needs.has('judges')) Object.assign(peer, await ensureJudges(say));
  if (needs.has('python')) peer.python = await ensurePython(say);
  if (needs.has('s3')) {
    const site = await ensureMoto(peer.python, say);
    starts.push(async () => {
      const moto = await startMoto(peer.python.command, site, dir);
      keep(moto);
      peer.s3 = { url: moto.url, site };
    });
  }
  if (needs.has('databases')) {
    const servers = await ensurePartman(say);
    starts.push(async () => {
      peer.databases = [];
      for (const server of servers) {
        const { stop: stopping, ...database } = await startPartman(server, dir);
        keep({ stop: stopping });
        peer.databases.push(database);
      }
    });
  }
  if (needs.has('cluster')) {
    say(
      data
        ? `${definitionFiles(data).length} files of definitions in ${data}`
        : 'Without --data: kinds of Kueue, Karpenter and the Prometheus operator are not judged.',
    );
    const programs = await ensurePrograms(say);
    peer.kubectl = [programs.controlPlane, 'kubectl'];
    starts.push(() => startCluster(programs, data, dir, keep));
  }
  const start = async () => {
    for (const each of starts) await each();
  };
  return { peer, start };
}

async function startCluster(programs, data, dir, keep) {
  const began = Date.now();
  const clusterDir = path.join(dir, 'cluster');
  fs.mkdirSync(clusterDir);
  const controlPlane = await ControlPlane.create(programs, clusterDir);
  keep(controlPlane);
  await controlPlane.start();
  await installDefinitions(
    new Kubectl(programs.controlPlane, path.join(clusterDir, 'kubeconfig')),
    data,
  );
  process.env.HEADROOM_PEER_KUBERNETES = JSON.stringify(
    controlPlane.describe(),
  );
  say(`Kubernetes is up in ${secondsSince(began)} s`);
}

async function main() {
  requireDatabase('templates');
  const options = readOptions();
  const needs = new Set(options.suite.flatMap(name => SUITES[name]));
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'headroom-templates-'));
  const rendered = path.resolve(options.rendered ?? path.join(dir, 'rendered'));
  const started = [];
  let stopping = Promise.resolve();
  stop = () =>
    (stopping = stopping.then(async () => {
      await Promise.all(started.splice(0).map(each => each.stop()));
    }));
  let times = 0;
  const prepareNew = () => {
    const data = path.join(dir, `${++times}`);
    fs.mkdirSync(data);
    return prepare(needs, data, each => started.push(each));
  };
  const startAll = async ({ peer, start }) => {
    await start();
    process.env.HEADROOM_PEER_TEMPLATES = JSON.stringify({ ...peer, rendered });
  };
  let counts = { passed: 0, failed: 1 };
  try {
    const prepared = await prepareNew();
    if (!options.rendered) {
      const began = Date.now();
      await render(rendered);
      say(`All templates are rendered in ${secondsSince(began)} s`);
    }
    await startAll(prepared);
    counts = await runSuites(
      options.suite.map(name => path.join(here, 'suites', `${name}.ts`)),
      {
        timeout: 10 * 60_000,
        async renew() {
          await stop();
          await startAll(await prepareNew());
        },
      },
    );
  } finally {
    await stop();
    if (counts.failed > 0) say(`Logs and what was rendered are in ${dir}`);
    else fs.rmSync(dir, { recursive: true, force: true });
  }
  return counts;
}

let counts = { passed: 0, failed: 1 };
try {
  counts = await main();
} catch (error) {
  say(`peers/templates: ${error.message}`);
}
conclude(counts);
