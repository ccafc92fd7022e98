/**
 * `npm start`: the portal on http://localhost:3000 with an embedded PostgreSQL
 * and the demo cluster behind it, until Ctrl-C.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { onParentGone } from './lib/parentGone.mjs';
import { stateDir } from './lib/paths.mjs';
import { startPortal } from './lib/portal.mjs';
import { portalPorts } from './lib/portalPorts.mjs';
import { main, say } from './lib/say.mjs';
import { ranUnderSupportedNode } from './lib/toolchain.mjs';

const USAGE = `npm start -- [--port 3000] [--backend-port 7007] [--watch]

--watch restarts the back end when its source changes; the front end always
reloads.

Ports can also be set by environment: HEADROOM_PORT, HEADROOM_BACKEND_PORT,
HEADROOM_DEMO_US_WEST_PORT, HEADROOM_DEMO_EU_CENTRAL_PORT,
HEADROOM_DEMO_FORGE_PORT, HEADROOM_DATABASE_PORT.
`;

await main(async () => {
  if (await ranUnderSupportedNode()) return;
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      'backend-port': { type: 'string' },
      watch: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }

  const stopping = new AbortController();
  const stop = () => {
    if (!stopping.signal.aborted) say('Stopping …');
    stopping.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, stop);
  }
  onParentGone(stop);

  const portal = await startPortal({
    ports: portalPorts({
      portal: values.port,
      backend: values['backend-port'],
    }),
    dataDir: path.join(stateDir, 'postgres'),
    logDir: path.join(stateDir, 'logs'),
    watch: values.watch,
    signal: stopping.signal,
  });
  if (portal) {
    process.stdout.write(`\nHeadroom is ready: ${portal.url}\n\n`);
    await portal.ended;
  }
  say('Stopped.');
  process.exit();
});
