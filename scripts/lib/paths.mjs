import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

/** What a running Headroom keeps: data, logs, which tools were found. */
export const stateDir = path.join(root, '.headroom');

/** The command line of Backstage, run with `process.execPath`. */
export const backstageCli = path.join(
  root,
  'node_modules/@backstage/cli/bin/backstage-cli',
);

/** Lets Node run TypeScript, the way backstage-cli does. */
export const nodeTransform = path.join(
  root,
  'node_modules/@backstage/cli/config/nodeTransform.cjs',
);
