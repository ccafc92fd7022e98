import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ensureCacheFolder } from './cacheFolder.mjs';

const quiet = () => {};

describe('a cached folder', () => {
  let dir;
  before(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'headroom-cache-'));
  });
  after(() => fs.rmSync(dir, { recursive: true }));

  const fill = text => draft =>
    fs.writeFileSync(path.join(draft, 'file'), text);
  const read = folder => fs.readFileSync(path.join(folder, 'file'), 'utf8');

  it('is made once', async () => {
    const folder = path.join(dir, 'once', 'a');
    await ensureCacheFolder(folder, fill('first'), quiet);
    await ensureCacheFolder(folder, fill('second'), quiet);
    assert.equal(read(folder), 'first');
  });

  it('is not there when making it failed, and is made the next time', async () => {
    const folder = path.join(dir, 'failing');
    await assert.rejects(
      ensureCacheFolder(
        folder,
        draft => {
          fill('half')(draft);
          throw new Error('no network');
        },
        quiet,
      ),
      /no network/,
    );
    assert.deepEqual(
      fs.readdirSync(dir).filter(name => name.startsWith('failing')),
      [],
    );
    await ensureCacheFolder(folder, fill('whole'), quiet);
    assert.equal(read(folder), 'whole');
  });

  it('does not wait for a run that died', async () => {
    const folder = path.join(dir, 'orphaned');
    const { pid } = spawnSync(process.execPath, ['--version']);
    fs.mkdirSync(`${folder}.draft-${pid}`);
    await ensureCacheFolder(folder, fill('mine'), quiet);
    assert.equal(read(folder), 'mine');
    assert.equal(fs.existsSync(`${folder}.draft-${pid}`), false);
  });

  it('is the one of whoever was first', async () => {
    const folder = path.join(dir, 'race');
    await ensureCacheFolder(
      folder,
      draft => {
        fs.mkdirSync(folder);
        fill('theirs')(folder);
        fill('mine')(draft);
      },
      quiet,
    );
    assert.equal(read(folder), 'theirs');
  });
});
