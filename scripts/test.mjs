/**
 * `npm test`: the unit, property and integration tests of every package and of
 * these scripts, on a PostgreSQL of their own. Arguments go to Jest:
 * `npm test -- plugins/cost-common`. With `--schemas DIR` manifests are judged by the
 * schemas of that folder, too. With `--seed N` properties are tried with other values.
 */
import fs from 'node:fs';
import path from 'node:path';
import { backstageCli, root } from './lib/paths.mjs';
import { run, withPostgres } from './lib/run.mjs';
import { main, say, Sentence } from './lib/say.mjs';
import { ranUnderSupportedNode } from './lib/toolchain.mjs';

/**
 * How long a test may take, unless it says so itself. On a busy machine five seconds,
 * as Jest has it, are soon over, and a test that is late has not failed.
 */
const TEST_TIMEOUT_MS = 60_000;

/** What random values of properties follow from, unless `--seed` says otherwise. */
const SEED = 20_261_129;

/** The tests of what is outside of packages, which Jest doesn't look at. */
function scriptTests() {
  return ['scripts', 'peers', 'bench']
    .map(folder => path.join(root, folder))
    .filter(folder => fs.existsSync(folder))
    .flatMap(folder =>
      fs
        .readdirSync(folder, { recursive: true })
        .filter(file => file.endsWith('.test.mjs'))
        .map(file => path.join(folder, file)),
    );
}

/** The folder after `--schemas`, which is taken out of the arguments. */
function schemasOf(args) {
  const option = args.indexOf('--schemas');
  if (option < 0) return undefined;
  const [, folder] = args.splice(option, 2);
  if (!folder || !fs.existsSync(folder)) {
    throw new Sentence(
      `--schemas is "${folder ?? ''}"; it must be a folder of schemas.`,
    );
  }
  return path.resolve(folder);
}

await main(async () => {
  if (await ranUnderSupportedNode()) return;
  const args = process.argv.slice(2);
  const schemas = schemasOf(args);
  process.exitCode = await withPostgres(async url => {
    const env = {
      ...process.env,
      BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING: url,
      // Only the engine that is here: no containers, also when CI is set.
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      ...(schemas && { HEADROOM_SCHEMAS: schemas }),
    };
    if (args.length === 0) {
      say('Testing the scripts …');
      const code = await run(
        process.execPath,
        ['--test', ...scriptTests()],
        env,
      );
      if (code !== 0) return code;
      say('Testing the packages …');
    }
    return run(
      process.execPath,
      [
        backstageCli,
        'repo',
        'test',
        '--no-watch',
        // A list to Jest, which the next option ends.
        `--setupFiles=${path.join(root, 'scripts/lib/seedProperties.cjs')}`,
        '--maxWorkers=2',
        `--testTimeout=${TEST_TIMEOUT_MS}`,
        ...(args.some(arg => /^--seed\b/.test(arg)) ? [] : [`--seed=${SEED}`]),
        ...args,
      ],
      env,
    );
  });
});
