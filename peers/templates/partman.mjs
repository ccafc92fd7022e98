/**
 * PostgreSQL with pg_partman and pg_cron, in the versions that Debian's releases have:
 * what the template `postgres-partitions` writes is another thing for each of them.
 *
 * @typedef {{ postgres: string, partman: string, bin: string }} Server
 *   major versions or the oldest that will do, and the folder of its programs
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cacheDir, ensureCacheFolder } from '../../scripts/lib/cacheFolder.mjs';
import { unpackDebian, writeLauncher } from '../lib/debian.mjs';

const SERVERS = [
  { suite: 'bookworm', postgres: '15', partman: '4.7' },
  { suite: 'trixie', postgres: '17', partman: '5.2' },
  { suite: 'forky', postgres: '18', partman: '5.4' },
];
const binOf = ({ postgres }) => `usr/lib/postgresql/${postgres}/bin`;
const PROGRAMS = ['initdb', 'postgres', 'psql'];

/**
 * @param {(line: string) => void} say
 * @returns {Promise<Server[]>}
 * @throws {Error} that names what is missing.
 */
export async function ensurePartman(say) {
  const servers = [];
  for (const server of SERVERS) {
    const { suite, postgres, partman } = server;
    const root = cacheDir(
      'peers',
      'templates',
      `postgres-${postgres}-${suite}-${os.arch()}`,
    );
    await ensureCacheFolder(
      root,
      draft => fetchServer(draft, server, say),
      say,
    );
    const bin = path.join(root, binOf(server));
    const { status, stderr } = spawnSync(path.join(bin, 'postgres'), ['-V'], {
      encoding: 'utf8',
    });
    if (status !== 0) {
      throw new Error(
        `Debian's PostgreSQL in ${root} does not start; delete the folder and try again. It said: ${stderr}`,
      );
    }
    servers.push({ postgres, partman, bin });
  }
  return servers;
}

function fetchServer(root, server, say) {
  const { suite, postgres } = server;
  const what = `PostgreSQL ${postgres} with pg_partman`;
  say(`Fetching ${what} of Debian ${suite} with apt-get, once …`);
  unpackDebian(root, {
    suite,
    packages: ['', '-partman', '-cron'].map(
      extension => `postgresql-${postgres}${extension}`,
    ),
    what,
    otherwise: 'It is taken from no other place',
    // They compile queries and administrate clusters, or Perl is for those who do.
    needless:
      /^(libllvm|libz3|libperl|perl|ssl-cert|sysvinit|postgresql-common)/,
  });
  for (const program of PROGRAMS) {
    const script = path.join(binOf(server), program);
    const original = path.join(binOf(server), `.${program}`);
    fs.renameSync(path.join(root, script), path.join(root, original));
    writeLauncher(root, script, original);
  }
}
