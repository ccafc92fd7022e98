/** moto: APIs of AWS over HTTP, simulated. Good for shapes on the wire. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../../scripts/lib/ports.mjs';
import { ready, start, stop } from './process.mjs';
import { ensurePythonSite } from './pythonSite.mjs';

/**
 * @param {import('../focus/python.mjs').Python} python
 * @param {(line: string) => void} say
 * @returns {Promise<string>} the folder in which moto is
 */
export function ensureMoto(python, say) {
  return ensurePythonSite({
    python,
    peer: 'moto',
    name: 'moto',
    pinned: 'moto==5.2.5',
    requirements: fileURLToPath(
      new URL('moto/requirements.txt', import.meta.url),
    ),
    say,
  });
}

/**
 * @param {string} command a Python
 * @param {string} site the folder in which moto is
 * @param {string} dir where its log goes
 */
export async function startMoto(command, site, dir) {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const child = start(
    [command, '-m', 'moto.server', '-H', '127.0.0.1', '-p', `${port}`],
    { ...process.env, PYTHONPATH: site },
    path.join(dir, 'moto.log'),
  );
  await ready('moto', child, async () => (await fetch(`${url}/moto-api/`)).ok);
  return { url, stop: () => stop(child, 'SIGTERM') };
}
