import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { isSupportedNode } from './nodeVersion.mjs';
import { onParentGone } from './parentGone.mjs';
import { root, stateDir } from './paths.mjs';
import { Sentence, say } from './say.mjs';

const PACKAGES = ['-p', 'node@24', '-p', '@yarnpkg/cli-dist@4.18.1'];
const WHERE =
  'node -p "JSON.stringify({ node: process.execPath, path: process.env.PATH.split(path.delimiter)[0] })"';
const remembered = path.join(stateDir, 'toolchain.json');
const windows = process.platform === 'win32';

/**
 * Node 24 and Yarn 4: those that are here, or those that npx keeps in npm's
 * cache. Where npx put them is remembered, so that only the first call needs
 * the network.
 *
 * @returns {{ node: string, path: string }} Node's binary and a folder for PATH that holds `node` and `yarn`
 */
export function findToolchain() {
  return here() ?? recall() ?? fetchToolchain();
}

function here() {
  if (!isSupportedNode(process.version)) return undefined;
  const yarn = spawnSync('yarn', ['--version'], {
    cwd: root,
    encoding: 'utf8',
    shell: windows,
    // A corepack shim would ask the network, or a question.
    env: { ...process.env, COREPACK_ENABLE_NETWORK: '0' },
  });
  if (!yarn.stdout?.trim().startsWith('4.')) return undefined;
  return { node: process.execPath, path: path.dirname(process.execPath) };
}

function recall() {
  try {
    const found = JSON.parse(fs.readFileSync(remembered, 'utf8'));
    return works(found) ? found : undefined;
  } catch {
    return undefined; // never asked, or npm's cache was cleaned
  }
}

function works(found) {
  const version = spawnSync(found.node, ['--version'], { encoding: 'utf8' });
  return (
    version.status === 0 &&
    isSupportedNode(version.stdout.trim()) &&
    fs.existsSync(path.join(found.path, windows ? 'yarn.cmd' : 'yarn'))
  );
}

function fetchToolchain() {
  say('Fetching Node 24 and Yarn through npx …');
  const npx = spawnSync(
    'npx',
    ['-y', '--prefer-offline', ...PACKAGES, '-c', WHERE],
    {
      cwd: root,
      encoding: 'utf8',
      shell: windows,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const answer = npx.stdout?.split('\n').find(line => line.startsWith('{'));
  if (npx.status !== 0 || !answer) {
    throw new Sentence(
      `npx could not fetch Node 24 and Yarn from the npm registry. Check that \`npm view node@24 version\` works, then try again.\n${
        npx.stderr ?? npx.error?.message ?? ''
      }`,
    );
  }
  const found = JSON.parse(answer);
  if (!works(found)) {
    throw new Sentence(
      `npx fetched a Node that Headroom can't run on (${found.node}). Install Node 24 (not 24.17.0) and Yarn 4, then use \`yarn install\` and \`yarn start\`.`,
    );
  }
  fs.mkdirSync(stateDir, { recursive: true });
  fs.writeFileSync(remembered, JSON.stringify(found));
  return found;
}

/** The environment in which `node` and `yarn` are the found ones. */
export function toolchainEnv(toolchain) {
  return {
    ...process.env,
    PATH: `${toolchain.path}${path.delimiter}${process.env.PATH}`,
  };
}

/**
 * When this Node is too old for Headroom, runs the same script under one that
 * isn't, hands on signals and its exit code, and answers true: the caller has
 * nothing left to do.
 */
export async function ranUnderSupportedNode() {
  if (isSupportedNode(process.version)) return false;
  const toolchain = findToolchain();
  const child = spawn(toolchain.node, process.argv.slice(1), {
    // The channel tells the child when this process is gone for good.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: toolchainEnv(toolchain),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  onParentGone(() => child.kill('SIGTERM'));
  process.exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', code => resolve(code ?? 1));
  });
  return true;
}
