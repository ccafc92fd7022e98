/**
 * Runs the suites of this peer against a real Kubernetes: builds it when it
 * isn't there, starts it on loopback, stops it whatever happens. The last line
 * is `N passed, N failed`.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { ControlPlane } from './cluster/ControlPlane.mjs';
import { ensurePrograms } from './cluster/programs.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const transform = createRequire(import.meta.url).resolve(
  '@backstage/cli/config/nodeTransform.cjs',
);
const SUITES = ['conformance', 'workloads', 'limits', 'vpa'];

const say = line => process.stdout.write(`${line}\n`);

async function runSuites(cluster) {
  const counts = { passed: 0, failed: 0 };
  process.env.HEADROOM_PEER_KUBERNETES = JSON.stringify(cluster);
  const suites = run({
    files: SUITES.map(name => path.join(here, 'suites', `${name}.ts`)),
    // They share a cluster, and two cores.
    concurrency: 1,
    execArgv: ['--require', transform],
    timeout: 5 * 60_000,
  });
  suites.on('test:pass', ({ details }) => {
    if (details.type !== 'suite') counts.passed += 1;
  });
  suites.on('test:fail', ({ details }) => {
    if (details.type !== 'suite') counts.failed += 1;
  });
  for await (const text of suites.compose(spec)) process.stdout.write(text);
  return counts;
}

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
    counts = await runSuites(controlPlane.describe());
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
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
say(`${counts.passed} passed, ${counts.failed} failed`);
