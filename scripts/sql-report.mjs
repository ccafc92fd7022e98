/** `yarn sql-report`: writes plugins/cost-backend/report.sql.md from its migrations. */
import path from 'node:path';
import { nodeTransform, root } from './lib/paths.mjs';
import { run, withPostgres } from './lib/run.mjs';
import { main } from './lib/say.mjs';
import { ranUnderSupportedNode } from './lib/toolchain.mjs';

const script = path.join(root, 'plugins/cost-backend/scripts/sqlReport.ts');

await main(async () => {
  if (await ranUnderSupportedNode()) return;
  process.exitCode = await withPostgres(url =>
    run(process.execPath, ['--require', nodeTransform, script], {
      ...process.env,
      HEADROOM_REPORT_DATABASE: url,
    }),
  );
});
