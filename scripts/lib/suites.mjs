/** Runs suites of node's test runner that are written in TypeScript. */
import { createRequire } from 'node:module';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const transform = createRequire(import.meta.url).resolve(
  '@backstage/cli/config/nodeTransform.cjs',
);

/**
 * Runs suites one after the other, as they share what they run against, prints what
 * they say, and counts tests. What they run against is real and has moods of its own:
 * a suite that fails is run once more, and what failed first stays in what is printed.
 *
 * @param {string[]} files
 * @param {{ timeout: number, renew?: () => Promise<void> }} options milliseconds a file
 *   may take; `renew` puts something new in the place of what suites run against, where
 *   a suite that failed leaves behind what it would meet again
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runSuites(files, options) {
  const all = { passed: 0, failed: 0 };
  for (const file of files) {
    let counts = await runSuite(file, options);
    if (counts.failed > 0) {
      process.stdout.write(`${file} failed, and is run once more.\n`);
      await options.renew?.();
      counts = await runSuite(file, options);
    }
    all.passed += counts.passed;
    all.failed += counts.failed;
  }
  return all;
}

async function runSuite(file, { timeout }) {
  const counts = { passed: 0, failed: 0 };
  const suite = run({
    files: [file],
    execArgv: ['--require', transform],
    timeout,
  });
  suite.on('test:pass', ({ details }) => {
    if (details.type !== 'suite') counts.passed += 1;
  });
  suite.on('test:fail', ({ details }) => {
    if (details.type !== 'suite') counts.failed += 1;
  });
  for await (const text of suite.compose(spec)) process.stdout.write(text);
  return counts;
}

/** The last line of a peer's run, and its exit code: no test is no success. */
export function conclude({ passed, failed }) {
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
}
