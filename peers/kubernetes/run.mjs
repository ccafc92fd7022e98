/**
 * Runs the suites of this peer against a real Kubernetes: builds it when it
 * isn't there, starts it on loopback, stops it whatever happens. The last line
 * is `N passed, N failed`.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
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
];

const say = line => process.stdout.write(`${line}\n`);

/** What is to be stopped when this process is. */
let stop = async () => {};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => stop().finally(() => process.exit(130)));
}

async function main() {
  const programs = await ensurePrograms(say);
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'headroom-kubernetes-'));
  const controlPlane = await ControlPlane.create(programs, dir);
  let stopping;
  stop = () => (stopping ??= controlPlane.stop());
  let counts = { passed: 0, failed: 1 };
  try {
    const began = Date.now();
    await controlPlane.start();
    say(`Kubernetes is up in ${((Date.now() - began) / 1000).toFixed(1)} s`);
    process.env.HEADROOM_PEER_KUBERNETES = JSON.stringify(
      controlPlane.describe(),
    );
    counts = await runSuites(
      SUITES.map(name => path.join(here, 'suites', `${name}.ts`)),
      { timeout: 5 * 60_000 },
    );
  } finally {
    await stop();
    if (counts.failed > 0) say(`Logs are in ${path.join(dir, 'logs')}`);
    else fs.rmSync(dir, { recursive: true, force: true });
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
