/**
 * Holds the charges and the bills that Headroom exports against the FinOps
 * Foundation's validator. Needs a PostgreSQL that may create databases:
 * HEADROOM_TEST_DATABASE, which `yarn test:peers` sets. The last line is
 * `N passed, N failed`.
 */
import { fileURLToPath } from 'node:url';
import { conclude, runSuites } from '../../scripts/lib/suites.mjs';
import { requireDatabase } from '../lib/requireDatabase.mjs';
import { ensureValidator } from './install.mjs';

const say = line => process.stdout.write(`${line}\n`);

let counts = { passed: 0, failed: 1 };
try {
  requireDatabase('focus');
  process.env.HEADROOM_PEER_FOCUS = JSON.stringify(await ensureValidator(say));
  const suites = ['suite.ts', 'suites/bill.ts'].map(name =>
    fileURLToPath(new URL(name, import.meta.url)),
  );
  counts = await runSuites(suites, { timeout: 5 * 60_000 });
} catch (error) {
  say(`peers/focus: ${error.message}`);
}
conclude(counts);
