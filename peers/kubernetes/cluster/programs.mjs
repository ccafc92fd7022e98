/**
 * The programs of this peer, built with Go and kept outside the checkout.
 *
 * @typedef {{ controlPlane: string, kwok: string, recommender: string, vpaCrd: string }} Programs
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  cacheDir,
  ensureCacheFolder,
} from '../../../scripts/lib/cacheFolder.mjs';

const PROGRAMS_DIR = fileURLToPath(new URL('../programs', import.meta.url));
const OLDEST_GO = [1, 26];
const FLAGS = ['-buildvcs=false', '-trimpath', '-mod=readonly'];
/** Debug information would double the binaries. */
const LINK = '-s -w';

const VPA_MODULE = 'k8s.io/autoscaler/vertical-pod-autoscaler';

/**
 * Builds what isn't there yet: the first time about eight minutes on two cores,
 * 4 GB of Go's caches and 300 MB of programs.
 *
 * @param {(line: string) => void} say
 * @returns {Promise<Programs>}
 * @throws {Error} one sentence that names what is missing or failed.
 */
export async function ensurePrograms(say) {
  const go = goVersion();
  const build = (name, target, link = LINK, more = undefined) =>
    ensureProgram({ name, target, link, go, say, more });
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
  return {
    controlPlane: path.join(controlPlane, 'control-plane'),
    recommender: path.join(recommender, 'recommender'),
    vpaCrd: path.join(recommender, 'vpa-crd.yaml'),
    kwok: path.join(kwok, 'kwok'),
  };
}

function goVersion() {
  const { stdout, error } = spawnSync('go', ['env', 'GOVERSION'], {
    encoding: 'utf8',
    cwd: os.tmpdir(),
  });
  const version = /^go(\d+)\.(\d+)/
    .exec(stdout ?? '')
    ?.slice(1)
    .map(Number);
  if (error || !version) {
    throw new Error(
      `Missing: Go ${OLDEST_GO.join(
        '.',
      )} or newer, which builds Kubernetes; get it from https://go.dev/dl and put it on the PATH.`,
    );
  }
  const [major, minor] = version;
  if ((major - OLDEST_GO[0] || minor - OLDEST_GO[1]) < 0) {
    throw new Error(
      `Go is ${stdout.trim()}; ${OLDEST_GO.join('.')} or newer is needed.`,
    );
  }
  return stdout.trim();
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

/** The folder of a finished build. */
async function ensureProgram({ name, target, link, go, say, more }) {
  const source = path.join(PROGRAMS_DIR, name);
  const hash = fingerprint(source, [
    go,
    process.platform,
    process.arch,
    target,
    link,
  ]);
  const folder = cacheDir('peers', 'kubernetes', `${name}-${hash}`);
  const make = async draft => {
    say(`Building ${name} with ${go}, once; this takes minutes …`);
    const began = Date.now();
    const output = path.join(draft, name);
    await buildInto(output, { name, source, target, link, say });
    more?.(source, draft);
    say(`Built ${name} in ${Math.round((Date.now() - began) / 1000)} s.`);
  };
  await ensureCacheFolder(folder, make, say);
  return folder;
}

function fingerprint(source, more) {
  const hash = createHash('sha256');
  for (const file of fs.readdirSync(source).sort()) {
    hash.update(`${file}\0`).update(fs.readFileSync(path.join(source, file)));
  }
  return hash.update(JSON.stringify(more)).digest('hex').slice(0, 16);
}

async function buildInto(output, { name, source, target, link, say }) {
  const args = ['build', ...FLAGS, '-ldflags', link, '-o', output, target];
  const child = spawn('go', args, {
    cwd: source,
    env: { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', text => {
    errors = `${errors}${text}`.slice(-4000);
  });
  const began = Date.now();
  const ticking = setInterval(() => {
    const minutes = ((Date.now() - began) / 60_000).toFixed(1);
    say(`… still building ${name}, ${minutes} min`);
  }, 60_000);
  const stop = () => child.kill();
  process.once('exit', stop);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) {
      throw new Error(`Building ${name} failed: ${errors.trim()}`);
    }
  } finally {
    process.off('exit', stop);
    clearInterval(ticking);
  }
}

/** The recommender's module has the definition of its objects. */
function copyVpaCrd(source, folder) {
  const { stdout } = spawnSync(
    'go',
    ['list', '-m', '-f', '{{.Dir}}', VPA_MODULE],
    {
      cwd: source,
      encoding: 'utf8',
    },
  );
  const crd = path.join(stdout.trim(), 'deploy', 'vpa-v1-crd-gen.yaml');
  fs.copyFileSync(crd, path.join(folder, 'vpa-crd.yaml'));
  fs.chmodSync(path.join(folder, 'vpa-crd.yaml'), 0o644);
}
