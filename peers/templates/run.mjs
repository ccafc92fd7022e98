/**
 * Runs the suites of this peer: every template with every set of answers, rendered by
 * the real scaffolder, before a real Kubernetes and the judges of manifests. With a
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
import { requireDatabase } from '../lib/requireDatabase.mjs';
import { ensurePrometheus } from '../prometheus/install.mjs';
import { definitionFiles, lenientDefinitions } from './definitions.mjs';
import { ensureJudges } from './judges.mjs';
import { render } from './render.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const SUITES = [
  'kustomize',
  'judges',
  'alerts',
  'skeletons',
  'admission',
  'running',
  'team',
];

const say = line => process.stdout.write(`${line}\n`);

/** What is to be stopped when this process is. */
let stop = async () => {};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => stop().finally(() => process.exit(130)));
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      suite: { type: 'string', multiple: true, default: SUITES },
      rendered: { type: 'string' },
    },
  });
  const unknown = values.suite.find(name => !SUITES.includes(name));
  if (unknown) {
    throw new Error(
      `There is no suite "${unknown}". There are: ${SUITES.join(', ')}.`,
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

async function main() {
  requireDatabase('templates');
  const options = readOptions();
  const data = process.env.HEADROOM_SCHEMAS || undefined;
  say(
    data
      ? `${definitionFiles(data).length} files of definitions in ${data}`
      : 'Without --data: kinds of Kueue, Karpenter and the Prometheus operator are not judged.',
  );
  const programs = await ensurePrograms(say);
  const judges = await ensureJudges(say);
  const python = await ensurePython(say);
  say(`Prometheus ${ensurePrometheus()}`);
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'headroom-templates-'));
  const rendered = path.resolve(options.rendered ?? path.join(dir, 'rendered'));
  const clusterDir = path.join(dir, 'cluster');
  fs.mkdirSync(clusterDir);
  const controlPlane = await ControlPlane.create(programs, clusterDir);
  let stopping;
  stop = () => (stopping ??= controlPlane.stop());
  let counts = { passed: 0, failed: 1 };
  try {
    let began = Date.now();
    const passed = () => ((Date.now() - began) / 1000).toFixed(1);
    if (!options.rendered) {
      await render(rendered);
      say(`All templates are rendered in ${passed()} s`);
    }
    began = Date.now();
    await controlPlane.start();
    await installDefinitions(
      new Kubectl(programs.controlPlane, path.join(clusterDir, 'kubeconfig')),
      data,
    );
    say(`Kubernetes is up in ${passed()} s`);
    process.env.HEADROOM_PEER_KUBERNETES = JSON.stringify(
      controlPlane.describe(),
    );
    process.env.HEADROOM_PEER_TEMPLATES = JSON.stringify({
      rendered,
      data,
      kubectl: [programs.controlPlane, 'kubectl'],
      python,
      scratch: path.join(dir, 'scratch'),
      ...judges,
    });
    counts = await runSuites(
      options.suite.map(name => path.join(here, 'suites', `${name}.ts`)),
      { timeout: 5 * 60_000 },
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
