/**
 * Runs the suites of this peer against a real Prometheus. Needs a PostgreSQL
 * that may create databases: HEADROOM_TEST_DATABASE, which `yarn test:peers`
 * sets. The last line is `N passed, N failed`.
 */
import path from 'node:path';
import { createRequire } from 'node:module';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { ensurePrometheus } from './install.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const transform = createRequire(import.meta.url).resolve(
  '@backstage/cli/config/nodeTransform.cjs',
);

process.env.HEADROOM_TEST_DATABASE ??=
  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;

let passed = 0;
let failed = 0;
try {
  if (!process.env.HEADROOM_TEST_DATABASE) {
    throw new Error(
      'HEADROOM_TEST_DATABASE is not set: start this with `yarn test:peers prometheus`, or set it to the URL of a PostgreSQL whose user may create databases.',
    );
  }
  process.stdout.write(`Prometheus ${ensurePrometheus()}\n`);
  const suites = run({
    files: [
      path.join(here, 'suite.ts'),
      path.join(here, 'oddities', 'suite.ts'),
      path.join(here, 'real', 'suite.ts'),
    ],
    execArgv: ['--require', transform],
    timeout: 10 * 60_000,
  });
  suites.on('test:pass', ({ details }) => {
    if (details.type !== 'suite') passed += 1;
  });
  suites.on('test:fail', ({ details }) => {
    if (details.type !== 'suite') failed += 1;
  });
  const report = suites.compose(spec);
  for await (const text of report) process.stdout.write(text);
} catch (error) {
  process.stdout.write(`peers/prometheus: ${error.message}\n`);
  failed += 1;
}
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
