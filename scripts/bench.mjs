/**
 * `yarn bench <name> [--option value …]`: runs bench/<name>.ts on a PostgreSQL
 * of its own. One JSON line a result on stdout, everything else on stderr.
 */
import fs from 'node:fs';
import path from 'node:path';
import { nodeTransform, root } from './lib/paths.mjs';
import { run, withPostgres } from './lib/run.mjs';
import { main, Sentence } from './lib/say.mjs';
import { ranUnderSupportedNode } from './lib/toolchain.mjs';

const benchDir = path.join(root, 'bench');

/** As in docs/operations.md: a small young generation keeps the memory of reading large answers down. */
const NODE_FLAGS = ['--max-semi-space-size=8'];

await main(async () => {
  if (await ranUnderSupportedNode()) return;
  const [name, ...options] = process.argv.slice(2);
  const known = fs
    .readdirSync(benchDir)
    .filter(file => /^[\w-]+\.ts$/.test(file))
    .map(file => path.basename(file, '.ts'));
  if (!known.includes(name)) {
    throw new Sentence(
      `yarn bench <name> [--option value …]; there are: ${known.join(', ')}.`,
    );
  }
  process.exitCode = await withPostgres(url =>
    run(
      process.execPath,
      [
        ...NODE_FLAGS,
        '--require',
        nodeTransform,
        path.join(benchDir, `${name}.ts`),
        ...options,
      ],
      { ...process.env, HEADROOM_BENCH_DATABASE: url },
    ),
  );
});
