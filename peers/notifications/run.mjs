/**
 * Sends Headroom's alerts through Backstage's notifications back end with its e-mail and
 * Slack modules, to an SMTP server and to an API with Slack's answers, both on loopback.
 * Needs a PostgreSQL that may create databases: HEADROOM_TEST_DATABASE, which `yarn
 * test:peers` sets. The last line is `N passed, N failed`.
 */
import { fileURLToPath } from 'node:url';
import { conclude, runSuites } from '../../scripts/lib/suites.mjs';
import { requireDatabase } from '../lib/requireDatabase.mjs';
import { SlackServer } from './SlackServer.mjs';

const say = line => process.stdout.write(`${line}\n`);

let counts = { passed: 0, failed: 1 };
let slack;
/** One that was told nothing yet; suites that start from now on find it. */
async function startSlack() {
  slack = await SlackServer.start();
  // The module has no setting for another API: Node takes it there through a proxy.
  Object.assign(process.env, slack.environment, {
    HEADROOM_PEER_SLACK: slack.control,
  });
}
try {
  requireDatabase('notifications');
  await startSlack();
  const suite = fileURLToPath(new URL('suite.ts', import.meta.url));
  counts = await runSuites([suite], {
    timeout: 5 * 60_000,
    async renew() {
      await slack.stop();
      await startSlack();
    },
  });
} catch (error) {
  say(`peers/notifications: ${error.message}`);
} finally {
  await slack?.stop();
}
conclude(counts);
