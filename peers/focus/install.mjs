/**
 * The FinOps Foundation's validator, in a folder outside the checkout.
 *
 * @typedef {{ command: string, site: string, env: Record<string, string> }} Validator
 *   how it is started (`command -m focus_validator.main`), the folder it has to be
 *   started in, and what its environment needs
 */
import { fileURLToPath } from 'node:url';
import { ensurePythonSite } from '../lib/pythonSite.mjs';
import { ensurePython } from './python.mjs';

const file = name => fileURLToPath(new URL(name, import.meta.url));

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
  const site = await ensurePythonSite({
    python,
    peer: 'focus',
    name: 'validator',
    pinned: 'focus-validator==2.2.1',
    requirements: file('requirements.txt'),
    say,
  });
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
