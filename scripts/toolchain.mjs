/** Prints the folder that holds the `node` and `yarn` that Headroom runs on, for PATH. */
import { main } from './lib/say.mjs';
import { findToolchain } from './lib/toolchain.mjs';

await main(async () => {
  process.stdout.write(`${findToolchain().path}\n`);
});
