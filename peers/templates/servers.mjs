/** The PostgreSQL that the programs of templates write to. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { freePorts } from '../../scripts/lib/ports.mjs';
import { unprivileged } from '../../scripts/lib/postgres.mjs';
import { ready, start, stop } from '../lib/process.mjs';

/** The only database that pg_cron and the worker of pg_partman look after. */
const DATABASE = 'partitions';

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
