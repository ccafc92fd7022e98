/**
 * `npm start` and `npm test` on a fresh clone: installs what is missing, with
 * nothing but Node 20, npm and git on the machine. When nothing changed since
 * the last install it does nothing and needs no network.
 */
import { install } from './lib/install.mjs';
import { canBootstrap } from './lib/nodeVersion.mjs';
import { main, Sentence } from './lib/say.mjs';

await main(async () => {
  if (!canBootstrap(process.version)) {
    throw new Sentence(
      `Headroom needs Node 20 or newer to install itself; this is ${process.version}. Get one from https://nodejs.org and try again.`,
    );
  }
  await install();
});
