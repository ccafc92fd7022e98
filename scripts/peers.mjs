/**
 * `yarn test:peers [name]`: the same code against the real things. Each folder
 * of peers/ installs and starts its peer in `run.mjs` and runs its suites; a
 * peer that can't be had fails by name, none is skipped in silence.
 */
import fs from 'node:fs';
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { run, withPostgres } from './lib/run.mjs';
import { main, say, Sentence } from './lib/say.mjs';
import { ranUnderSupportedNode } from './lib/toolchain.mjs';

const peersDir = path.join(root, 'peers');

function peers() {
  if (!fs.existsSync(peersDir)) return [];
  return fs
    .readdirSync(peersDir)
    .filter(name => fs.existsSync(path.join(peersDir, name, 'run.mjs')))
    .sort();
}

await main(async () => {
  if (await ranUnderSupportedNode()) return;
  const asked = process.argv.slice(2);
  const known = peers();
  const unknown = asked.find(name => !known.includes(name));
  if (unknown || known.length === 0) {
    throw new Sentence(
      `There is no peer "${unknown ?? ''}". There are: ${
        known.join(', ') || 'none'
      }.`,
    );
  }

  const failed = [];
  for (const name of asked.length > 0 ? asked : known) {
    say(`Peer ${name} …`);
    const code = await withPostgres(url =>
      run(process.execPath, [path.join(peersDir, name, 'run.mjs')], {
        ...process.env,
        HEADROOM_TEST_DATABASE: url,
      }),
    );
    say(code === 0 ? `Peer ${name} passed.` : `Peer ${name} failed.`);
    if (code !== 0) failed.push(name);
  }
  if (failed.length > 0) {
    throw new Sentence(`These peers failed: ${failed.join(', ')}.`);
  }
});
