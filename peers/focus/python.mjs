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
import { unpackDebian, writeLauncher } from '../lib/debian.mjs';

/** The validator wants 3.12; not all that it stands on is built for 3.14. */
const VERSIONS = ['3.13', '3.12'];
const HERE = [...VERSIONS.map(version => `python${version}`), 'python3'];

/** The Debian that has one of them. */
const DEBIAN = { suite: 'trixie', version: '3.13' };

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
  await ensureCacheFolder(root, draft => fetchPython(draft, say), say);
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

function fetchPython(root, say) {
  const { suite, version } = DEBIAN;
  say(`Fetching Python ${version} of Debian ${suite} with apt-get, once …`);
  unpackDebian(root, {
    suite,
    packages: [`python${version}`, 'python3-pip-whl', 'libstdc++6'],
    what: `Python ${VERSIONS.join(' or ')} with pip`,
    otherwise: `Put one on the PATH as python${VERSIONS[0]}`,
  });
  writeLauncher(root, 'usr/bin/python', `usr/bin/python${version}`);
}
