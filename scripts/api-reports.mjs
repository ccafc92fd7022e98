/**
 * `yarn api-reports [--ci]`: writes, or with `--ci` checks, what each package
 * exports.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { main } from './lib/say.mjs';

const repoTools = path.join(
  path.dirname(
    createRequire(import.meta.url).resolve(
      '@backstage/repo-tools/package.json',
    ),
  ),
  'bin/backstage-repo-tools',
);

await main(async () => {
  process.exitCode = await run(process.execPath, [
    '--require',
    path.join(root, 'scripts/lib/publicEntries.cjs'),
    repoTools,
    'api-reports',
    '--exclude',
    'packages/demo-cluster',
    '--omit-messages',
    'ae-wrong-input-file-type,ae-undocumented',
    ...process.argv.slice(2),
  ]);
});
