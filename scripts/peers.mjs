/**
 * `yarn test:peers [name]`: the same code against the real things. Each folder
 * of peers/ installs and starts its peer in `run.mjs` and runs its suites; a
 * peer that can't be had fails by name, none is skipped in silence. What comes
 * after the first `--option` is for `run.mjs`: `kubernetes --suite writing`; only
 * `--data DIR`, schemas of Kubernetes, and `--bills DIR`, FOCUS exports, are for all
 * that want them.
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

/** The folder after an option, which is taken out of the words. */
function folderOf(name, words) {
  const option = words.indexOf(name);
  if (option < 0) return undefined;
  const [, folder] = words.splice(option, 2);
  if (!folder || !fs.existsSync(folder)) {
    throw new Sentence(`${name} is "${folder ?? ''}"; it must be a folder.`);
  }
  return path.resolve(folder);
}

await main(async () => {
  if (await ranUnderSupportedNode()) return;
  const words = process.argv.slice(2);
  const data = folderOf('--data', words);
  const bills = folderOf('--bills', words);
  const options = words.findIndex(word => word.startsWith('--'));
  const asked = options < 0 ? words : words.slice(0, options);
  const more = options < 0 ? [] : words.slice(options);
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
      run(process.execPath, [path.join(peersDir, name, 'run.mjs'), ...more], {
        ...process.env,
        HEADROOM_TEST_DATABASE: url,
        ...(data && { HEADROOM_SCHEMAS: data }),
        ...(bills && { HEADROOM_BILLS: bills }),
      }),
    );
    say(code === 0 ? `Peer ${name} passed.` : `Peer ${name} failed.`);
    if (code !== 0) failed.push(name);
  }
  if (failed.length > 0) {
    throw new Sentence(`These peers failed: ${failed.join(', ')}.`);
  }
});
