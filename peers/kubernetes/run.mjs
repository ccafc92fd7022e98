/**
 * Runs the suites of this peer against a real Kubernetes: builds it when it
 * isn't there, starts it on loopback, stops it whatever happens. With
 * `--suite <name>`, once or more, those alone. The last line is `N passed, N failed`.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { conclude, runSuites } from '../../scripts/lib/suites.mjs';
import { ControlPlane } from './cluster/ControlPlane.mjs';
import { ensurePrograms } from './cluster/programs.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const SUITES = [
  'conformance',
  'workloads',
  'limits',
  'vpa',
  'reading',
  'writing',
  'autoscaling',
  'keda',
  'changing',
  'ownership',
  'caches',
  'schedules',
  'advice',
  'faults',
  'rights',
];

const say = line => process.stdout.write(`${line}\n`);

/** What is to be stopped when this process is. */
let stop = async () => {};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => stop().finally(() => process.exit(130)));
}

function chosenSuites() {
  const { values } = parseArgs({
    options: { suite: { type: 'string', multiple: true, default: SUITES } },
  });
  const unknown = values.suite.find(name => !SUITES.includes(name));
  if (unknown) {
    throw new Error(
      `There is no suite "${unknown}". There are: ${SUITES.join(', ')}.`,
    );
  }
  return values.suite;
}

/** A cluster that nothing has been done to yet; suites that start from now on find it. */
async function startCluster(programs, dir) {
  const controlPlane = await ControlPlane.create(programs, dir);
  let stopping;
  stop = () => (stopping ??= controlPlane.stop());
  const began = Date.now();
  await controlPlane.start();
  say(`Kubernetes is up in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  process.env.HEADROOM_PEER_KUBERNETES = JSON.stringify(
    controlPlane.describe(),
  );
}

async function main() {
  const suites = chosenSuites();
  const programs = await ensurePrograms(say);
  const dirs = [];
  const startNew = async () => {
    dirs.push(fs.mkdtempSync(path.join(os.tmpdir(), 'headroom-kubernetes-')));
    await startCluster(programs, dirs.at(-1));
  };
  let counts = { passed: 0, failed: 1 };
  try {
    await startNew();
    counts = await runSuites(
      suites.map(name => path.join(here, 'suites', `${name}.ts`)),
      {
        timeout: 5 * 60_000,
        async renew() {
          await stop();
          await startNew();
        },
      },
    );
  } finally {
    await stop();
    for (const dir of dirs) {
      if (counts.failed > 0) say(`Logs are in ${path.join(dir, 'logs')}`);
      else fs.rmSync(dir, { recursive: true, force: true });
    }
  }
  return counts;
}

let counts = { passed: 0, failed: 1 };
try {
  counts = await main();
} catch (error) {
  say(`peers/kubernetes: ${error.message}`);
}
conclude(counts);
