/** Runs suites of node's test runner that are written in TypeScript. */
import { createRequire } from 'node:module';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const transform = createRequire(import.meta.url).resolve(
  '@backstage/cli/config/nodeTransform.cjs',
);

/**
 * Runs suites one after the other, prints what they say, and counts tests.
 *
 * @param {string[]} files
 * @param {{ timeout: number }} options milliseconds a file may take
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runSuites(files, { timeout }) {
  const counts = { passed: 0, failed: 0 };
  const suites = run({
    files,
    // They share what they run against, and two cores.
    concurrency: 1,
    execArgv: ['--require', transform],
    timeout,
  });
  suites.on('test:pass', ({ details }) => {
    if (details.type !== 'suite') counts.passed += 1;
  });
  suites.on('test:fail', ({ details }) => {
    if (details.type !== 'suite') counts.failed += 1;
  });
  for await (const text of suites.compose(spec)) process.stdout.write(text);
  return counts;
}

/** The last line of a peer's run, and its exit code: no test is no success. */
export function conclude({ passed, failed }) {
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
}
