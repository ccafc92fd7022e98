/**
 * The programs of this peer, built with Go and kept outside the checkout.
 *
 * @typedef {{ controlPlane: string, kwok: string, recommender: string, vpaCrd: string, keda: Keda }} Programs
 * @typedef {{ operator: string, adapter: string, webhooks: string, manifests: string }} Keda
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureGoProgram, goVersion, LINK } from '../../lib/goProgram.mjs';

const PROGRAMS_DIR = fileURLToPath(new URL('../programs', import.meta.url));

const VPA_MODULE = 'k8s.io/autoscaler/vertical-pod-autoscaler';
const KEDA_MODULE = 'github.com/kedacore/keda/v2';
const KEDA_COMMANDS = ['operator', 'adapter', 'webhooks'];

/**
 * Builds what isn't there yet: the first time about 15 minutes on two cores, 11 GB of
 * Go's caches and 560 MB of programs.
 *
 * @param {(line: string) => void} say
 * @returns {Promise<Programs>}
 * @throws {Error} one sentence that names what is missing or failed.
 */
export async function ensurePrograms(say) {
  const go = goVersion();
  const build = (name, target, link = LINK, more = undefined) =>
    ensureGoProgram({
      peer: 'kubernetes',
      source: path.join(PROGRAMS_DIR, name),
      name,
      targets: [target].flat(),
      link,
      go,
      say,
      more,
    });
  const version = moduleVersion('control-plane', 'k8s.io/kubernetes');
  const controlPlane = await build(
    'control-plane',
    '.',
    `${LINK} ${versionLink(version)}`,
  );
  const recommender = await build(
    'recommender',
    `${VPA_MODULE}/pkg/recommender`,
    LINK,
    copyVpaCrd,
  );
  const kwok = await build('kwok', 'sigs.k8s.io/kwok/cmd/kwok');
  const keda = await build(
    'keda',
    KEDA_COMMANDS.map(command => `${KEDA_MODULE}/cmd/${command}`),
    LINK,
    copyKedaManifests,
  );
  return {
    controlPlane: path.join(controlPlane, 'control-plane'),
    recommender: path.join(recommender, 'recommender'),
    vpaCrd: path.join(recommender, 'vpa-crd.yaml'),
    kwok: path.join(kwok, 'kwok'),
    keda: {
      ...Object.fromEntries(
        KEDA_COMMANDS.map(command => [command, path.join(keda, command)]),
      ),
      manifests: path.join(keda, 'manifests'),
    },
  };
}

/** `v1.36.3` of a line `k8s.io/kubernetes v1.36.3` in a program's go.mod. */
function moduleVersion(name, module) {
  const goMod = fs.readFileSync(
    path.join(PROGRAMS_DIR, name, 'go.mod'),
    'utf8',
  );
  return goMod
    .split('\n')
    .map(line =>
      line
        .replace(/^require/, '')
        .trim()
        .split(/\s+/),
    )
    .find(([found]) => found === module)[1];
}

/** Kubernetes is told its version when it is linked. */
function versionLink(version) {
  const [major, minor] = version.slice(1).split('.');
  return Object.entries({
    gitVersion: version,
    gitMajor: major,
    gitMinor: minor,
  })
    .map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)
    .join(' ');
}

/** The recommender's module has the definition of its objects. */
function copyVpaCrd(source, folder) {
  const module = moduleDir(source, VPA_MODULE);
  copy(
    path.join(module, 'deploy', 'vpa-v1-crd-gen.yaml'),
    path.join(folder, 'vpa-crd.yaml'),
  );
}

/** KEDA's module has what its release installs: definitions, rights, webhooks. */
function copyKedaManifests(source, folder) {
  copy(
    path.join(moduleDir(source, KEDA_MODULE), 'config'),
    path.join(folder, 'manifests'),
  );
}

function moduleDir(source, module) {
  const { stdout } = spawnSync('go', ['list', '-m', '-f', '{{.Dir}}', module], {
    cwd: source,
    encoding: 'utf8',
  });
  return stdout.trim();
}

/** Copies a file or a folder out of Go's cache, where all is read-only. */
function copy(from, to) {
  if (fs.statSync(from).isDirectory()) {
    fs.mkdirSync(to);
    for (const name of fs.readdirSync(from)) {
      copy(path.join(from, name), path.join(to, name));
    }
  } else {
    fs.writeFileSync(to, fs.readFileSync(from));
  }
}
