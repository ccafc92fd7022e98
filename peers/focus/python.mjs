/**
 * A Python the validator runs on.
 *
 * @typedef {{ command: string, version: string, pip: Record<string, string> }} Python
 *   the program, `major.minor`, and the environment in which it finds pip
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cacheDir, ensureCacheFolder } from '../../scripts/lib/cacheFolder.mjs';

/** The validator wants 3.12; not all that it stands on is built for 3.14. */
const VERSIONS = ['3.13', '3.12'];
const HERE = [...VERSIONS.map(version => `python${version}`), 'python3'];

/** The Debian that has one of them. */
const DEBIAN = { suite: 'trixie', version: '3.13' };
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * The one on the PATH, or Debian 13's, unpacked into a folder outside the
 * checkout with the C library it needs: nothing on the system is touched, and no
 * root is needed.
 *
 * @param {(line: string) => void} say
 * @returns {Promise<Python>}
 * @throws {Error} that names what is missing and how to get it.
 */
export async function ensurePython(say) {
  for (const command of HERE) {
    const version = versionWithPip(command, process.env);
    if (VERSIONS.includes(version)) return { command, version, pip: {} };
  }
  return debianPython(say);
}

/** `3.13` of a Python that has pip. */
function versionWithPip(command, env) {
  const { status, stdout } = spawnSync(
    command,
    ['-c', 'import sys, pip; print("%d.%d" % sys.version_info[:2])'],
    { encoding: 'utf8', env },
  );
  return status === 0 ? stdout.trim() : undefined;
}

async function debianPython(say) {
  const { suite, version } = DEBIAN;
  const root = cacheDir('peers', 'focus', `python-${suite}-${os.arch()}`);
  await ensureCacheFolder(root, draft => unpackDebian(draft, say), say);
  const command = path.join(root, 'usr/bin/python');
  const wheels = path.join(root, 'usr/share/python-wheels');
  const pip = {
    PYTHONPATH: path.join(
      wheels,
      fs.readdirSync(wheels).find(name => name.startsWith('pip-')),
    ),
  };
  if (versionWithPip(command, { ...process.env, ...pip }) !== version) {
    throw new Error(
      `Debian's Python in ${root} does not start; delete the folder and try again.`,
    );
  }
  return { command, version, pip };
}

function unpackDebian(root, say) {
  const { suite, version } = DEBIAN;
  say(`Fetching Python ${version} of Debian ${suite} with apt-get, once …`);
  const state = path.join(root, 'apt');
  const options = aptOptions(state);
  const mirrors = debianMirrors();
  fs.writeFileSync(
    path.join(state, 'sources.list'),
    mirrors
      .map(url => `deb [signed-by=${KEYRING}] ${url} ${suite} main\n`)
      .join(''),
  );
  // A mirror of something else may refuse; what counts is what can be fetched.
  const update = runApt([...options, 'update']);
  const install = runApt([
    ...options,
    ...['install', '--yes', '--no-install-recommends', '--download-only'],
    ...[`python${version}`, 'python3-pip-whl', 'libstdc++6'],
  ]);
  if (install.status !== 0) {
    throw new Error(
      `apt-get could not fetch Python ${version} of Debian ${suite}: ${tail(
        update,
      )} ${tail(install)}`,
    );
  }
  const archives = path.join(state, 'archives');
  for (const name of fs.readdirSync(archives)) {
    if (name.endsWith('.deb')) {
      unpack(path.join(archives, name), root);
    }
  }
  fs.rmSync(state, { recursive: true });
  writeLauncher(root, version);
}

/** Apt with lists, packages and a status of its own, as if nothing were installed. */
function aptOptions(state) {
  fs.mkdirSync(path.join(state, 'lists', 'partial'), { recursive: true });
  fs.mkdirSync(path.join(state, 'archives', 'partial'), { recursive: true });
  fs.writeFileSync(path.join(state, 'status'), '');
  return Object.entries({
    'APT::Sandbox::User': '',
    'Dir::Cache': state,
    'Dir::Cache::archives': path.join(state, 'archives'),
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::Etc::sourcelist': path.join(state, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State': state,
    'Dir::State::lists': path.join(state, 'lists'),
    'Dir::State::status': path.join(state, 'status'),
  }).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
}

/** Where this machine gets its own Debian from. */
function debianMirrors() {
  const { stdout } = spawnSync('apt-get', ['--print-uris', 'update'], {
    encoding: 'utf8',
  });
  const mirrors = new Set(
    [
      ...(stdout ?? '').matchAll(/'(\S+\/debian\/)dists\/[a-z]+\/InRelease'/g),
    ].map(([, url]) => url),
  );
  if (mirrors.size === 0 || !fs.existsSync(KEYRING)) {
    throw new Error(
      `Missing: Python ${VERSIONS.join(
        ' or ',
      )} with pip, for the FOCUS validator. Put one on the PATH as python${
        VERSIONS[0]
      }, or run this on Debian, where it is fetched with apt-get.`,
    );
  }
  return [...mirrors];
}

function runApt(args) {
  return spawnSync('apt-get', ['--quiet', '--quiet', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function unpack(archive, root) {
  const extraction = spawnSync('dpkg-deb', ['--extract', archive, root], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (extraction.status !== 0) {
    throw new Error(
      `dpkg-deb could not unpack ${archive}: ${tail(extraction)}`,
    );
  }
}

/** What a program that failed said last. */
function tail({ error, stderr }) {
  return error?.message ?? stderr.trim().slice(-1000);
}

/**
 * Starts Python with the C library it came with, which may be newer than the
 * system's. Python takes the launcher for itself, so that what it starts in its
 * turn is started in the same way.
 */
function writeLauncher(root, version) {
  const libs = fs
    .readdirSync(path.join(root, 'usr/lib'))
    .find(name => fs.existsSync(path.join(root, 'usr/lib', name, 'libc.so.6')));
  const loader = fs
    .readdirSync(path.join(root, 'usr/lib', libs))
    .find(name => name.startsWith('ld-linux'));
  fs.writeFileSync(
    path.join(root, 'usr/bin/python'),
    [
      '#!/bin/sh',
      'here=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd) || exit 1',
      `exec "$here/usr/lib/${libs}/${loader}" --library-path "$here/usr/lib/${libs}" \\`,
      `  --argv0 "$here/usr/bin/python" "$here/usr/bin/python${version}" "$@"`,
      '',
    ].join('\n'),
    { mode: 0o755 },
  );
}
