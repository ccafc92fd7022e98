import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { Children } from './children.mjs';
import { freePorts } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { takeOver } from './postgresDataDir.mjs';
import { isAlive } from './processes.mjs';

async function query(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  let folder;
  before(() => {
    // mktemp's folders are closed to others: as root this is the hard case.
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headroom-'));
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('keeps its data over a clean stop and over a kill', async () => {
    const [port] = await freePorts(1);
    const options = {
      dir: path.join(folder, 'postgres'),
      port,
      user: 'headroom',
      password: 'a b/c',
    };

    const first = Children.create(path.join(folder, 'logs'));
    const { url } = await startPostgres(first, options);
    await query(url, 'CREATE TABLE kept (n int)');
    await query(url, 'INSERT INTO kept VALUES (1)');
    await first.stopAll();

    const second = Children.create(path.join(folder, 'logs'));
    const { child } = await startPostgres(second, options);
    await query(url, 'INSERT INTO kept VALUES (2)');
    const lock = path.join(options.dir, 'postmaster.pid');
    const postmaster = Number(fs.readFileSync(lock, 'utf8').split('\n')[0]);
    process.kill(postmaster, 'SIGKILL');
    await child.exited;
    assert.ok(fs.existsSync(lock), 'the kill left no lock: nothing is tested');
    await second.stopAll();

    const third = Children.create(path.join(folder, 'logs'));
    await startPostgres(third, options);
    const rows = await query(url, 'SELECT n FROM kept ORDER BY n');
    await third.stopAll();
    assert.deepEqual(rows, [{ n: 1 }, { n: 2 }]);
  });

  it('says so when something else is in its place', async () => {
    const dir = path.join(folder, 'other');
    fs.mkdirSync(dir);
    fs.writeFileSync(path.join(dir, 'notes.txt'), '');
    await assert.rejects(takeOver(dir), /not a PostgreSQL data directory/);
    fs.writeFileSync(path.join(dir, 'PG_VERSION'), '16\n');
    await assert.rejects(takeOver(dir), /was written by PostgreSQL 16/);
  });

  it('drops a lock whose number now belongs to somebody else', async () => {
    const dir = path.join(folder, 'reused');
    fs.mkdirSync(dir);
    fs.writeFileSync(path.join(dir, 'PG_VERSION'), '18\n');
    fs.writeFileSync(path.join(dir, 'postmaster.pid'), `${process.pid}\n`);
    assert.equal(await takeOver(dir), true);
    assert.equal(fs.existsSync(path.join(dir, 'postmaster.pid')), false);
  });
});

describe('children', () => {
  it('end with a parent that was killed', async () => {
    const script = `
      import { Children } from ${JSON.stringify(
        new URL('./children.mjs', import.meta.url).href,
      )};
      const { process: child } = Children.create(${JSON.stringify(
        path.join(os.tmpdir(), `headroom-children-${process.pid}`),
      )}).start({ name: 'sleeper', command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'] });
      process.stdout.write(String(child.pid));
    `;
    const parent = spawn(
      process.execPath,
      ['--input-type=module', '-e', script],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const pid = Number(
      String(await new Promise(got => parent.stdout.once('data', got))),
    );
    assert.equal(isAlive(pid), true);
    parent.kill('SIGKILL');
    for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 50) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    assert.equal(isAlive(pid), false);
  });
});
