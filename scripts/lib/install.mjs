import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { needDisk, saysDiskFull } from './disk.mjs';
import { root, stateDir } from './paths.mjs';
import { Sentence, say } from './say.mjs';
import { findToolchain, toolchainEnv } from './toolchain.mjs';

const stamp = path.join(root, 'node_modules/.headroom-installed');
const logFile = path.join(stateDir, 'logs/install.log');
const INSTALL_MIB = 3000;

/** Installs the dependencies when package.json or the lockfile changed since the last time. */
export async function install() {
  const wanted = fingerprint();
  if (installed() === wanted) return;
  needDisk(INSTALL_MIB, 'the installation');
  const toolchain = findToolchain();
  say('Installing dependencies, about two minutes the first time …');
  await yarnInstall(toolchain);
  fs.writeFileSync(stamp, wanted);
  say('Installed.');
}

function installed() {
  try {
    return fs.readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}

/** Changes when an install could. */
function fingerprint() {
  const files = ['package.json', 'yarn.lock', '.yarnrc.yml'];
  for (const workspace of ['packages', 'plugins']) {
    for (const name of fs.readdirSync(path.join(root, workspace)).sort()) {
      files.push(path.join(workspace, name, 'package.json'));
    }
  }
  const hash = createHash('sha256');
  for (const file of files) {
    const absolute = path.join(root, file);
    if (fs.existsSync(absolute)) {
      hash.update(`${file}\0`).update(fs.readFileSync(absolute));
    }
  }
  return hash.digest('hex');
}

async function yarnInstall(toolchain) {
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const log = fs.createWriteStream(logFile);
  const yarn = spawn('yarn', ['install', '--immutable'], {
    cwd: root,
    env: toolchainEnv(toolchain),
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      yarn.kill(signal);
      process.exit(1);
    });
  }
  const tail = [];
  for (const stream of [yarn.stdout, yarn.stderr]) {
    readline.createInterface({ input: stream }).on('line', line => {
      log.write(`${line}\n`);
      tail.push(line);
      if (tail.length > 25) tail.shift();
      const step = /┌ (.+ step)/.exec(line);
      if (step) say(`  ${step[1]}`);
    });
  }
  const heartbeat = setInterval(() => say('  …'), 15_000);
  const code = await new Promise((resolve, reject) => {
    yarn.on('error', reject);
    yarn.on('close', resolve);
  }).finally(() => clearInterval(heartbeat));
  if (code === 0) return;
  const output = tail.join('\n');
  throw new Sentence(`${whyItFailed(output)}\n\nThe whole log is ${logFile}.`);
}

function whyItFailed(output) {
  if (saysDiskFull(output)) {
    return 'The installation stopped because the disk is full. Make room (it needs about 3 GB) and start again; it goes on where it stopped.';
  }
  if (/lockfile would have been modified/.test(output)) {
    return 'yarn.lock does not fit the package.json files. Run `yarn install` and commit yarn.lock.';
  }
  return `The installation failed. Check that the npm registry can be reached, then start again; it goes on where it stopped.\n\n${output}`;
}
