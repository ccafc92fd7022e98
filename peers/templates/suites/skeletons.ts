/** The skeletons' own tests, by the commands that templates/README.md tells. */
import assert from 'node:assert/strict';
import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { peer, scratchFolder } from './peer';
import { siteOf, succeed } from './python';
import { programSets, RenderedSet, serviceSets } from './rendered';

/** Code is the same whatever is answered. */
const CHOSEN = 'the-longest-name';

async function testTypeScript(folder: string): Promise<void> {
  const npm = (...args: string[]) => succeed('npm', args, folder);
  await npm(
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  );
  await npm('run', 'typecheck');
  const said = await npm('test');
  assert.match(said, /pass [1-9]/);
}

async function testPython(folder: string, requirements: string): Promise<void> {
  const said = await succeed(peer.python.command, ['-m', 'unittest'], folder, {
    PYTHONPATH: await siteOf(folder, requirements),
  });
  assert.match(said, /Ran [1-9]\d* tests?/);
}

/** What they leave behind is not what was rendered. */
function copyOf({ folder }: RenderedSet): string {
  const copy = scratchFolder('skeleton');
  cpSync(folder, copy, { recursive: true });
  return copy;
}

describe('the tests of a service', () => {
  for (const set of serviceSets.filter(({ answers }) => answers === CHOSEN)) {
    it(`pass as ${set.title} is rendered`, async () => {
      const copy = copyOf(set);
      if (existsSync(path.join(copy, 'package.json'))) {
        await testTypeScript(copy);
      } else {
        await testPython(copy, set.files.get('requirements.txt')!);
      }
    });
  }
});

describe('the tests of programs for buckets', () => {
  // They read the answers, so that all of them count.
  for (const set of ['object-storage-lifecycle', 'worm-audit-bucket'].flatMap(
    programSets,
  )) {
    it(`pass as ${set.title} is rendered`, async () => {
      await testPython(copyOf(set), set.files.get('requirements.txt')!);
    });
  }
});
