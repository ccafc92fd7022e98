/**
 * Runs the suites of this peer against a real Prometheus. Needs a PostgreSQL
 * that may create databases: HEADROOM_TEST_DATABASE, which `yarn test:peers`
 * sets. The last line is `N passed, N failed`.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { conclude, runSuites } from '../../scripts/lib/suites.mjs';
import { requireDatabase } from '../lib/requireDatabase.mjs';
import { ensurePrometheus } from './install.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

let counts = { passed: 0, failed: 1 };
try {
  requireDatabase('prometheus');
  process.stdout.write(`Prometheus ${ensurePrometheus()}\n`);
  const worlds = ['.', 'oddities', 'real', 'check', 'rules'];
  counts = await runSuites(
    worlds.map(world => path.join(here, world, 'suite.ts')),
    { timeout: 10 * 60_000 },
  );
} catch (error) {
  process.stdout.write(`peers/prometheus: ${error.message}\n`);
}
conclude(counts);
