/**
 * The FinOps Foundation's validator, in a folder outside the checkout.
 *
 * @typedef {{ command: string, site: string, env: Record<string, string> }} Validator
 *   how it is started (`command -m focus_validator.main`), the folder it has to be
 *   started in, and what its environment needs
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cacheDir, ensureCacheFolder } from '../../scripts/lib/cacheFolder.mjs';
import { ensurePython } from './python.mjs';

const file = name => fileURLToPath(new URL(name, import.meta.url));
const REQUIREMENTS = file('requirements.txt');

/**
 * Installs what isn't there yet: the first time about a minute and a half, and
 * 700 MB.
 *
 * @param {(line: string) => void} say
 * @returns {Promise<Validator>}
 * @throws {Error} one sentence that names what is missing or failed.
 */
export async function ensureValidator(say) {
  const python = await ensurePython(say);
  const hash = createHash('sha256')
    .update(fs.readFileSync(REQUIREMENTS))
    .update(JSON.stringify([python.version, process.platform, process.arch]))
    .digest('hex')
    .slice(0, 16);
  const site = cacheDir('peers', 'focus', `validator-${hash}`);
  await ensureCacheFolder(site, draft => install(python, draft, say), say);
  return {
    command: python.command,
    site,
    env: {
      PYTHONPATH: site,
      PYTHONUTF8: '1',
      // By default it logs everything to a file in the folder it is started in.
      LOGGING_CONFIG: file('logging.yaml'),
    },
  };
}

function install({ command, version, pip }, site, say) {
  say(`Installing the validator from PyPI with Python ${version}, once …`);
  const { status, stderr, error } = spawnSync(
    command,
    // What goes together is all in the file: nothing is left to resolve.
    ['-m', 'pip', 'install', '--quiet', '--no-input', '--no-deps'].concat([
      '--target',
      site,
      '--requirement',
      REQUIREMENTS,
    ]),
    {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...pip, PIP_ROOT_USER_ACTION: 'ignore' },
    },
  );
  if (status !== 0) {
    throw new Error(
      `pip could not install focus-validator from PyPI; check that \`pip download --no-deps focus-validator==2.2.1\` works with Python ${version}. It said: ${
        error?.message ?? stderr.trim().slice(-2000)
      }`,
    );
  }
}
