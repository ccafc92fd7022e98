/**
 * Reads bills from moto's Cost Explorer and S3. Needs a PostgreSQL that may create
 * databases: HEADROOM_TEST_DATABASE, which `yarn test:peers` sets. The last line is
 * `N passed, N failed`.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { conclude, runSuites } from '../../scripts/lib/suites.mjs';
import { ensurePython } from '../focus/python.mjs';
import { ensureMoto, startMoto } from '../lib/moto.mjs';
import { requireDatabase } from '../lib/requireDatabase.mjs';

const say = line => process.stdout.write(`${line}\n`);

/** What is to be stopped when this process is. */
let stop = async () => {};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => stop().finally(() => process.exit(130)));
}

let counts = { passed: 0, failed: 1 };
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'headroom-aws-'));
try {
  requireDatabase('aws');
  const python = await ensurePython(say);
  const site = await ensureMoto(python, say);
  /** One that has nothing yet; suites that start from now on find it. */
  const start = async () => {
    const moto = await startMoto(python.command, site, dir);
    stop = moto.stop;
    process.env.HEADROOM_PEER_AWS = moto.url;
  };
  await start();
  const suite = fileURLToPath(new URL('suite.ts', import.meta.url));
  counts = await runSuites([suite], {
    timeout: 5 * 60_000,
    async renew() {
      await stop();
      await start();
    },
  });
} catch (error) {
  say(`peers/aws: ${error.message}`);
} finally {
  await stop();
  if (counts.failed > 0) say(`The log of moto is in ${dir}`);
  else fs.rmSync(dir, { recursive: true, force: true });
}
conclude(counts);
