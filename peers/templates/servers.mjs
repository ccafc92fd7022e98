/** What the programs of templates write to: an S3 of moto's, and PostgreSQL. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../../scripts/lib/ports.mjs';
import { unprivileged } from '../../scripts/lib/postgres.mjs';
import { ensurePythonSite } from '../lib/pythonSite.mjs';

const READY_WITHIN_MS = 120_000;

/** The only database that pg_cron and the worker of pg_partman look after. */
const DATABASE = 'partitions';

/**
 * @param {import('../focus/python.mjs').Python} python
 * @param {(line: string) => void} say
 * @returns {Promise<string>} the folder in which moto is
 */
export function ensureMoto(python, say) {
  return ensurePythonSite({
    python,
    peer: 'templates',
    name: 'moto',
    pinned: 'moto==5.2.5',
    requirements: fileURLToPath(
      new URL('moto/requirements.txt', import.meta.url),
    ),
    say,
  });
}

/**
 * @param {string} command a Python
 * @param {string} site the folder in which moto is
 * @param {string} dir where its log goes
 */
export async function startMoto(command, site, dir) {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const child = start(
    [command, '-m', 'moto.server', '-H', '127.0.0.1', '-p', `${port}`],
    { ...process.env, PYTHONPATH: site },
    path.join(dir, 'moto.log'),
  );
  await ready('moto', child, async () => (await fetch(`${url}/moto-api/`)).ok);
  return { url, stop: () => stop(child, 'SIGTERM') };
}

const split = ([command, ...args]) => [command, args];

/**
 * @param {import('./partman.mjs').Server} server
 * @param {string} dir where its data and its log go
 */
export async function startPartman({ postgres, partman, bin }, dir) {
  const [port] = await freePorts(1);
  const data = path.join(dir, `postgres-${postgres}`);
  const as = unprivileged(data);
  const made = spawnSync(
    ...split([
      ...as,
      path.join(bin, 'initdb'),
      ...['--pgdata', data, '--username=postgres', '--auth=trust'],
      ...['--locale=C', '--encoding=UTF8', '--no-sync'],
    ]),
    { encoding: 'utf8' },
  );
  if (made.status !== 0) {
    throw new Error(
      `initdb of PostgreSQL ${postgres} failed: ${
        made.error?.message ?? made.stderr
      }`,
    );
  }
  const child = start(
    [
      ...as,
      path.join(bin, 'postgres'),
      ...['-D', data, '-p', `${port}`, '-h', '127.0.0.1'],
      ...Object.entries({
        unix_socket_directories: '',
        fsync: 'off',
        // Far from UTC, so that who forgets to say it is found.
        timezone: 'America/New_York',
        // Its compiler is not fetched.
        jit: 'off',
        shared_preload_libraries: 'pg_cron,pg_partman_bgw',
        'cron.database_name': DATABASE,
        'cron.use_background_workers': 'on',
        'pg_partman_bgw.dbname': DATABASE,
        'pg_partman_bgw.role': 'postgres',
      }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    process.env,
    path.join(dir, `postgres-${postgres}.log`),
  );
  const environment = {
    PGHOST: '127.0.0.1',
    PGPORT: `${port}`,
    PGUSER: 'postgres',
    PGDATABASE: DATABASE,
    PATH: `${bin}${path.delimiter}${process.env.PATH}`,
  };
  await ready(`PostgreSQL ${postgres}`, child, () => {
    const { status } = spawnSync(
      path.join(bin, 'psql'),
      ['-X', '-d', 'postgres', '-c', `CREATE DATABASE ${DATABASE}`],
      { env: { ...process.env, ...environment }, stdio: 'ignore' },
    );
    return status === 0;
  });
  return { postgres, partman, environment, stop: () => stop(child, 'SIGINT') };
}

function start(words, env, log) {
  const output = fs.openSync(log, 'w');
  const [command, args] = split(words);
  const child = spawn(command, args, {
    env,
    stdio: ['ignore', output, output],
  });
  fs.closeSync(output);
  return Object.assign(child, { log });
}

async function ready(name, child, answers) {
  const until = Date.now() + READY_WITHIN_MS;
  let failed;
  child.once('error', error => {
    failed = error.message;
  });
  while (Date.now() < until && !failed && child.exitCode === null) {
    try {
      if (await answers()) return;
    } catch {
      // Not yet.
    }
    await sleep(200);
  }
  child.kill('SIGKILL');
  throw new Error(
    `${name} did not start: ${
      failed ?? fs.readFileSync(child.log, 'utf8').slice(-2000)
    }`,
  );
}

async function stop(child, signal) {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
}
