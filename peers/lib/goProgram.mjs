/** Programs that are built with Go, once, and kept outside the checkout. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cacheDir, ensureCacheFolder } from '../../scripts/lib/cacheFolder.mjs';

const OLDEST_GO = [1, 26];
const FLAGS = ['-buildvcs=false', '-trimpath', '-mod=readonly'];
/** Debug information would double the binaries. */
export const LINK = '-s -w';

/** @throws {Error} one sentence where Go is missing or too old. */
export function goVersion() {
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
      )} or newer, which builds the peer's programs; get it from https://go.dev/dl and put it on the PATH.`,
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

/**
 * Builds a program unless it is there, and keeps it outside the checkout, under the
 * fingerprint of its source, its flags and Go.
 *
 * @param {{
 *   peer: string,
 *   source: string,
 *   name: string,
 *   targets: string[],
 *   link?: string,
 *   go: string,
 *   say: (line: string) => void,
 *   more?: (source: string, folder: string) => void,
 * }} program `source` is the folder of its `go.mod`; `more` copies what belongs to it
 * @returns {Promise<string>} the folder of a finished build
 * @throws {Error} one sentence that names what failed.
 */
export async function ensureGoProgram(program) {
  const { peer, source, name, targets, link = LINK, go, say, more } = program;
  const hash = fingerprint(source, [
    go,
    process.platform,
    process.arch,
    // One target is told as it was, so that what is built stays.
    ...targets,
    link,
  ]);
  const folder = cacheDir('peers', peer, `${name}-${hash}`);
  const make = async draft => {
    say(`Building ${name} with ${go}, once; this takes minutes …`);
    const began = Date.now();
    // A single program has its folder's name, several have their own.
    const output =
      targets.length > 1 ? draft + path.sep : path.join(draft, name);
    await buildInto(output, { name, source, targets, link, say });
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

async function buildInto(output, { name, source, targets, link, say }) {
  const args = ['build', ...FLAGS, '-ldflags', link, '-o', output, ...targets];
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
