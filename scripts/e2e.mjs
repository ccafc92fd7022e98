/**
 * `yarn test:e2e`: Playwright and axe in Chromium over a portal that runs as
 * `npm start` would run it, on a database and ports of its own. Screenshots
 * stay in e2e-screenshots/. With `--built` pages are those of the built front end, as
 * the back end serves it: a page opens in a quarter of the time. Other arguments go to
 * Playwright.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { findChromium } from './lib/chromium.mjs';
import { untilCosts } from './lib/costs.mjs';
import { onParentGone } from './lib/parentGone.mjs';
import { root, stateDir } from './lib/paths.mjs';
import { startPortal } from './lib/portal.mjs';
import { portalPorts } from './lib/portalPorts.mjs';
import { freePorts } from './lib/ports.mjs';
import { run } from './lib/run.mjs';
import { main, say, Sentence } from './lib/say.mjs';
import { ranUnderSupportedNode } from './lib/toolchain.mjs';

const BACKFILL_MS = 10 * 60_000;
const playwright = path.join(root, 'node_modules/@playwright/test/cli.js');
const builtApp = path.join(root, 'packages/app/dist/index.html');

/** Whether the arguments have `--built`, which is taken out of them. */
function wantsBuilt(args) {
  const option = args.indexOf('--built');
  if (option < 0) return false;
  args.splice(option, 1);
  if (!fs.existsSync(builtApp)) {
    throw new Sentence(
      '--built tests the built front end, and there is none. `yarn build:all` builds it.',
    );
  }
  return true;
}

async function anyPorts() {
  const [portal, backend, usWest, euCentral, forge, database] = await freePorts(
    6,
  );
  return portalPorts({
    portal,
    backend,
    usWest,
    euCentral,
    forge,
    database,
  });
}

await main(async () => {
  if (await ranUnderSupportedNode()) return;
  const args = process.argv.slice(2);
  const built = wantsBuilt(args);
  const chromium = findChromium();
  const dir = path.join(
    stateDir,
    'e2e',
    `${process.pid}-${randomBytes(4).toString('hex')}`,
  );
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, stop);
  }
  onParentGone(stop);

  const portal = await startPortal({
    ports: await anyPorts(),
    dataDir: path.join(dir, 'postgres'),
    logDir: path.join(stateDir, 'logs', 'e2e'),
    signal: stopping.signal,
  });
  if (!portal) return;
  say('Waiting for the back-fill …');
  const whole = await untilCosts(portal.backendUrl, {
    whole: true,
    limitMs: BACKFILL_MS,
    signal: stopping.signal,
  });
  if (!whole) {
    stop();
    await portal.ended;
    throw new Sentence(
      `The back-fill of the demo did not finish in ${
        BACKFILL_MS / 60_000
      } minutes; see .headroom/logs/e2e/backend.log.`,
    );
  }
  const tested = built ? portal.backendUrl : portal.url;
  say(`The portal answers on ${portal.url}; testing ${tested} …`);
  const tests = run(process.execPath, [playwright, 'test', ...args], {
    ...process.env,
    PLAYWRIGHT_URL: tested,
    PLAYWRIGHT_START_URL: portal.url,
    HEADROOM_CHROMIUM: chromium,
  });
  const code = await Promise.race([tests, portal.ended.then(() => 1)]);
  stop();
  await portal.ended;
  fs.rmSync(dir, { recursive: true, force: true });
  process.exit(code);
});
