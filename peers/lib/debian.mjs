/**
 * Packages of Debian, with the C library that they need, in a folder outside the
 * checkout: nothing on the system is touched, and no root is needed.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * Fetches packages and all that they depend on with apt-get, and unpacks them.
 *
 * @param {string} root an empty folder
 * @param {{
 *   suite: string,
 *   packages: string[],
 *   what: string,
 *   otherwise: string,
 *   needless?: RegExp,
 * }} wanted `what` is their name in a sentence, `otherwise` how else to get it;
 *   packages whose names match `needless` stay packed
 * @throws {Error} that names what is missing and how to get it.
 */
export function unpackDebian(root, wanted) {
  const { suite, packages, what, needless } = wanted;
  const state = path.join(root, 'apt');
  const options = aptOptions(state);
  const mirrors = debianMirrors(wanted);
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
    ...packages,
  ]);
  if (install.status !== 0) {
    throw new Error(
      `apt-get could not fetch ${what} of Debian ${suite}: ${tail(
        update,
      )} ${tail(install)}`,
    );
  }
  const archives = path.join(state, 'archives');
  for (const name of fs.readdirSync(archives)) {
    if (name.endsWith('.deb') && !needless?.test(name)) {
      unpack(path.join(archives, name), root);
    }
  }
  fs.rmSync(state, { recursive: true });
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
function debianMirrors({ what, otherwise }) {
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
      `Missing: ${what}. ${otherwise}, or run this on Debian, where it is fetched with apt-get.`,
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
 * A script that starts a program with the C library it came with, which may be newer
 * than the system's. The program takes the script for itself, so that what it finds
 * beside itself, or starts in its turn, is started in the same way.
 *
 * @param {string} root where Debian is unpacked
 * @param {string} script its path in there
 * @param {string} program the path of the program in there
 */
export function writeLauncher(root, script, program) {
  // Before Debian 13 the C library is not below usr.
  const libraries = ['usr/lib', 'lib'].flatMap(lib =>
    fs.existsSync(path.join(root, lib))
      ? fs
          .readdirSync(path.join(root, lib))
          .filter(name => name.includes('-linux-'))
          .map(name => path.join(lib, name))
      : [],
  );
  const loader = libraries
    .flatMap(lib =>
      fs.readdirSync(path.join(root, lib)).map(name => path.join(lib, name)),
    )
    .find(file => path.basename(file).startsWith('ld-linux'));
  const searched = libraries.map(lib => `$here/${lib}`).join(':');
  const up = path.relative(path.dirname(script), '.');
  fs.writeFileSync(
    path.join(root, script),
    [
      '#!/bin/sh',
      `here=$(CDPATH= cd -- "$(dirname -- "$0")/${up}" && pwd) || exit 1`,
      `exec "$here/${loader}" --library-path "${searched}" \\`,
      `  --argv0 "$here/${script}" "$here/${program}" "$@"`,
      '',
    ].join('\n'),
    { mode: 0o755 },
  );
}
