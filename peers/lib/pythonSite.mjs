/** Packages of PyPI in a folder outside the checkout, which is put on PYTHONPATH. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { cacheDir, ensureCacheFolder } from '../../scripts/lib/cacheFolder.mjs';

/**
 * Installs what isn't there yet.
 *
 * @param {{
 *   python: import('../focus/python.mjs').Python,
 *   peer: string,
 *   name: string,
 *   pinned: string,
 *   requirements: string,
 *   say: (line: string) => void,
 * }} wanted `pinned` is the package that all the others are for, with its version;
 *   `requirements` a file that names all of them
 * @returns {Promise<string>} the folder
 * @throws {Error} one sentence that says what failed.
 */
export async function ensurePythonSite(wanted) {
  const { python, peer, name, requirements, say } = wanted;
  const hash = createHash('sha256')
    .update(fs.readFileSync(requirements))
    .update(JSON.stringify([python.version, process.platform, process.arch]))
    .digest('hex')
    .slice(0, 16);
  const site = cacheDir('peers', peer, `${name}-${hash}`);
  await ensureCacheFolder(site, draft => install(draft, wanted), say);
  return site;
}

function install(site, { python, name, pinned, requirements, say }) {
  const { command, version, pip } = python;
  say(`Installing the ${name} from PyPI with Python ${version}, once …`);
  const { status, stderr, error } = spawnSync(
    command,
    // What goes together is all in the file: nothing is left to resolve.
    ['-m', 'pip', 'install', '--quiet', '--no-input', '--no-deps'].concat([
      '--target',
      site,
      '--requirement',
      requirements,
    ]),
    {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...pip, PIP_ROOT_USER_ACTION: 'ignore' },
    },
  );
  if (status !== 0) {
    throw new Error(
      `pip could not install the ${name} from PyPI; check that \`pip download --no-deps ${pinned}\` works with Python ${version}. It said: ${
        error?.message ?? stderr.trim().slice(-2000)
      }`,
    );
  }
}
