import fs from 'node:fs';
import path from 'node:path';
import { backstageCli, root } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/run.mjs';

const MODULE = path.join(root, 'plugins/scaffolder-backend-module-headroom');

/**
 * Has the tests of the scaffolder's module render every template with every set of
 * answers, through the dry run of the real scaffolder.
 *
 * @param {string} folder becomes `<template>/<set>/<files>`
 * @throws {Error} when a template isn't rendered: what is judged then wouldn't be all.
 */
export async function render(folder) {
  fs.mkdirSync(folder, { recursive: true });
  const code = await run(
    process.execPath,
    [
      backstageCli,
      'repo',
      'test',
      '--no-watch',
      '--maxWorkers=1',
      '--verbose=false',
      path.join(path.relative(root, MODULE), 'src/templates.test.ts'),
    ],
    {
      ...process.env,
      HEADROOM_RENDERED: folder,
      // What they judge is judged here by the API server itself.
      HEADROOM_SCHEMAS: '',
      BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
        process.env.HEADROOM_TEST_DATABASE,
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
    },
  );
  if (code !== 0) {
    throw new Error(
      'The scaffolder does not render all templates: `npm test -- plugins/scaffolder-backend-module-headroom/src/templates.test.ts` says which.',
    );
  }
}
