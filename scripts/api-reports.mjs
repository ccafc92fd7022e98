/**
 * `yarn api-reports [--ci]`: writes, or with `--ci` checks, what each package
 * exports.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { comparedReports, readReports } from './lib/apiReports.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { main, Sentence } from './lib/say.mjs';

const repoTools = path.join(
  path.dirname(
    createRequire(import.meta.url).resolve(
      '@backstage/repo-tools/package.json',
    ),
  ),
  'bin/backstage-repo-tools',
);

const reports = () =>
  readReports(['packages', 'plugins'].map(name => path.join(root, name)));

/** Puts reports back as they were, but for some that changed. */
function restore(before, changed) {
  for (const file of reports().keys()) {
    if (!before.has(file) && !changed.has(file)) fs.rmSync(file);
  }
  for (const [file, text] of before) {
    if (!changed.has(file)) fs.writeFileSync(file, text);
  }
}

await main(async () => {
  const isCheck = process.argv.includes('--ci');
  const before = reports();
  let differences;
  try {
    // It is always let write, as its own check takes another order of keys for a change.
    process.exitCode = await run(process.execPath, [
      '--require',
      path.join(root, 'scripts/lib/publicEntries.cjs'),
      repoTools,
      'api-reports',
      '--exclude',
      'packages/demo-cluster',
      '--omit-messages',
      'ae-wrong-input-file-type,ae-undocumented',
      ...process.argv.slice(2).filter(arg => arg !== '--ci'),
    ]);
    differences = comparedReports(before, reports());
  } finally {
    // What differs in the order of keys alone stays as it was.
    const changed = new Set(
      isCheck ? [] : differences?.map(({ file }) => file),
    );
    restore(before, changed);
  }
  if (!isCheck || differences.length === 0) return;
  const told = differences.map(({ file, lost, came }) =>
    [
      path.relative(root, file),
      ...lost.map(line => `- ${line}`),
      ...came.map(line => `+ ${line}`),
    ].join('\n'),
  );
  throw new Sentence(
    [
      ...told,
      'These reports do not say what the packages export. `rm -rf dist-types && yarn tsc && yarn api-reports` writes them anew.',
    ].join('\n\n'),
  );
});
