/**
 * `yarn test:faults [--runs N] [--seed S] [--option value …]`: replicas of the engine
 * that acts, while things go wrong, on a PostgreSQL of its own. One JSON line on stdout;
 * exits with 1 when anything was done twice, lost, or done by who should not any more.
 */
import path from 'node:path';
import { nodeTransform, root } from './lib/paths.mjs';
import { run, withPostgres } from './lib/run.mjs';
import { main } from './lib/say.mjs';
import { ranUnderSupportedNode } from './lib/toolchain.mjs';

await main(async () => {
  if (await ranUnderSupportedNode()) return;
  process.exitCode = await withPostgres(url =>
    run(
      process.execPath,
      [
        '--enable-source-maps',
        '--require',
        nodeTransform,
        path.join(root, 'bench', 'faults', 'faults.ts'),
        ...process.argv.slice(2),
      ],
      { ...process.env, HEADROOM_BENCH_DATABASE: url },
    ),
  );
});
